// Run by `medusa exec`: a shop in China with twenty products, a staff key and a key for the storefront.
const { ContainerRegistrationKeys, Modules } = require('@medusajs/framework/utils')
const flows = require('@medusajs/medusa/core-flows')

const COUNT = 20

exports.default = async function seed({ container }) {
  const run = async (workflow, input) => (await workflow(container).run({ input })).result
  const link = container.resolve(ContainerRegistrationKeys.LINK)
  const query = container.resolve(ContainerRegistrationKeys.QUERY)

  const { data: stores } = await query.graph({ entity: 'store', fields: ['id', 'default_sales_channel_id'] })
  const channel = stores[0].default_sales_channel_id
  await run(flows.updateStoresWorkflow, {
    selector: { id: stores[0].id },
    update: { supported_currencies: [{ currency_code: 'cny', is_default: true, is_tax_inclusive: true }, { currency_code: 'usd' }] },
  })
  const [china, america] = await run(flows.createRegionsWorkflow, {
    regions: [
      { name: 'China', currency_code: 'cny', countries: ['cn'], payment_providers: ['pp_system_default'] },
      { name: 'America', currency_code: 'usd', countries: ['us'], payment_providers: ['pp_system_default'] },
    ],
  })
  await run(flows.createTaxRegionsWorkflow, [
    { country_code: 'cn', provider_id: 'tp_system', default_tax_rate: { rate: 13, code: 'vat', name: 'VAT' } },
    { country_code: 'us', provider_id: 'tp_system' },
  ])
  const [location] = await run(flows.createStockLocationsWorkflow, {
    locations: [{ name: 'Hangzhou', address: { city: 'Hangzhou', country_code: 'cn', address_1: '1 West Lake' } }],
  })
  await link.create({
    [Modules.STOCK_LOCATION]: { stock_location_id: location.id },
    [Modules.FULFILLMENT]: { fulfillment_provider_id: 'manual_manual' },
  })
  await run(flows.linkSalesChannelsToStockLocationWorkflow, { id: location.id, add: [channel] })
  const fulfillment = container.resolve(Modules.FULFILLMENT)
  const [profile] = await fulfillment.listShippingProfiles({ type: 'default' })
  const set = await fulfillment.createFulfillmentSets({
    name: 'Delivery',
    type: 'shipping',
    service_zones: [
      {
        name: 'China',
        geo_zones: [
          { country_code: 'cn', type: 'country' },
          { country_code: 'us', type: 'country' },
        ],
      },
    ],
  })
  await link.create({ [Modules.STOCK_LOCATION]: { stock_location_id: location.id }, [Modules.FULFILLMENT]: { fulfillment_set_id: set.id } })
  const [shipping] = await run(flows.createShippingOptionsWorkflow, [
    {
      name: 'Post',
      price_type: 'flat',
      provider_id: 'manual_manual',
      service_zone_id: set.service_zones[0].id,
      shipping_profile_id: profile.id,
      type: { label: 'Post', description: 'In three days', code: 'post' },
      prices: [
        { currency_code: 'cny', amount: 12 },
        { currency_code: 'usd', amount: 5 },
      ],
      rules: [],
    },
  ])

  const [teas, tins] = await run(flows.createProductCategoriesWorkflow, {
    product_categories: [
      { name: 'Tea', is_active: true },
      { name: 'Tins', is_active: true },
    ],
  })
  const products = await run(flows.createProductsWorkflow, {
    products: Array.from({ length: COUNT }, (_, i) => ({
      title: `Tea ${i + 1}`,
      status: 'published',
      category_ids: [i % 4 === 3 ? tins.id : teas.id],
      shipping_profile_id: profile.id,
      sales_channels: [{ id: channel }],
      options: [{ title: 'Size', values: ['100 g'] }],
      variants: [
        {
          title: '100 g',
          sku: `TEA-${i + 1}`,
          options: { Size: '100 g' },
          manage_inventory: false,
          // 19.90, 24.90, 29.90, ...
          prices: [
            { currency_code: 'cny', amount: 19.9 + 5 * i },
            { currency_code: 'usd', amount: 3 + i },
          ],
        },
      ],
    })),
  })
  await run(flows.createPromotionsWorkflow, {
    promotionsData: [
      {
        code: 'MEDUSA10',
        type: 'standard',
        status: 'active',
        application_method: { type: 'percentage', target_type: 'order', allocation: 'across', value: 10, currency_code: 'cny' },
      },
    ],
  })
  const [publishable] = await run(flows.createApiKeysWorkflow, { api_keys: [{ title: 'Storefront', type: 'publishable', created_by: '' }] })
  await run(flows.linkSalesChannelsToApiKeyWorkflow, { id: publishable.id, add: [channel] })
  const [user] = await run(flows.createUsersWorkflow, { users: [{ email: 'staff@example.com' }] })
  const [secret] = await run(flows.createApiKeysWorkflow, { api_keys: [{ title: 'Staff', type: 'secret', created_by: user.id }] })

  const facts = {
    publishableKey: publishable.token,
    secretKey: secret.token,
    regionId: china.id,
    otherRegionId: america.id,
    shippingOptionId: shipping.id,
    locationId: location.id,
    channelId: channel,
    variants: Object.fromEntries(products.map(({ variants: [variant] }) => [variant.sku, variant.id])),
  }
  console.log(`SEEDED ${JSON.stringify(facts)}`)
}
