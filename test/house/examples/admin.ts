import type { Example } from './example.ts'

const RUNGS = [{ adjustment: { percentOff: 5 } }]

const dayFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** Every field of the admin API, asked so that it answers in a furnished shop. */
export const ADMIN_EXAMPLES: Readonly<Record<string, Example>> = {
  'Query.shop': { needs: 'shop:read', query: '{ shop { code name tiers { name } } }' },
  'Query.keys': { needs: 'keys:read', query: '{ keys { id name prefix } }' },
  'Query.auditLog': { needs: 'audit:read', query: '{ auditLog { totalCount nodes { target actorName before after } } }' },
  'Query.previewEvaluation': {
    needs: 'customers:read',
    query: '{ previewEvaluation { evaluation { promoted } sizes { tier { name } before after } moves { nodes { customer { name } } } } }',
  },
  'Query.readyMadeProgrammes': {
    needs: 'rules:read',
    tellsOfNoShop: true,
    query: '{ readyMadeProgrammes { code name thresholds { code value } tiers { code qualification } } }',
  },
  'Query.tiers': { needs: 'rules:read', query: '{ tiers { code name qualification } }' },
  'Query.tags': { needs: 'customers:read', query: '{ tags { nodes { name customerCount } } }' },
  'Query.company': {
    needs: 'customers:read',
    query: '{ company(externalId: "acme") { id name tier { name } people { nodes { name } } statistics { amountSpent } } }',
  },
  'Query.companies': { needs: 'customers:read', query: '{ companies { nodes { name } } }' },
  'Query.customer': {
    needs: 'customers:read',
    query:
      'query ($ref: CustomerRef!) { customer(ref: $ref) { id name tags tier { name } company { name } orders { nodes { lines { id } } } preferences { objectsToAll } objections { wording } touches { nodes { note } } refusals { nodes { reason } } events { nodes { subject } } } }',
    variables: ({ mei }) => ({ ref: { id: mei } }),
  },
  'Query.customers': { needs: 'customers:read', query: '{ customers(query: "number_of_orders >= 1") { totalCount nodes { id name } } }' },
  'Query.previewSegment': {
    needs: 'customers:read',
    query: '{ previewSegment(query: "number_of_orders >= 1") { customerCount sample { name } } }',
  },
  'Query.segments': { needs: 'customers:read', query: '{ segments { totalCount nodes { code name customerCount } } }' },
  'Query.segment': {
    needs: 'customers:read',
    query: '{ segment(code: "buyers") { name members { nodes { name segments { code since } } } history { nodes { kind } } } }',
  },
  'Query.segmentCsv': { needs: 'segments:export', query: '{ segmentCsv(code: "buyers") }' },
  'Query.readyMadeSegments': {
    needs: 'customers:read',
    query: '{ readyMadeSegments(language: ZH) { code name purpose query segment { name } } }',
  },
  'Query.tagRules': { needs: 'customers:read', query: '{ tagRules { totalCount nodes { tag query customerCount } } }' },
  'Query.segmentAttributes': {
    needs: 'customers:read',
    tellsOfNoShop: true,
    query: '{ segmentAttributes { name label labelZh values { value } } }',
  },
  'Query.scoring': {
    needs: 'customers:read',
    query: '{ scoring { rfmMap { name rows } rhythmSetting { medianDays } lastEvaluation { customers rhythm { source } } } }',
  },
  'Query.groupSizes': {
    needs: 'customers:read',
    query: 'query ($from: Date!, $to: Date!) { groupSizes(kind: TIER, from: $from, to: $to) { day group customers percent } }',
    variables: () => ({ from: dayFromNow(-1), to: dayFromNow(1) }),
  },
  'Query.touchPolicy': { needs: 'campaigns:read', query: '{ touchPolicy { caps { most audience } quietHours { from until } } }' },
  'Query.foreseeTouch': {
    needs: 'campaigns:read',
    figures: true,
    query:
      'query ($customer: CustomerRef!) { foreseeTouch(customer: $customer, purpose: MARKETING, channels: [EMAIL]) { kind reason channel } }',
    variables: ({ mei }) => ({ customer: { id: mei } }),
  },
  'Query.groupTargets': { needs: 'customers:read', query: '{ groupTargets { kind group targetShare direction } }' },
  'Query.alarms': { needs: 'customers:read', query: '{ alarms(onlyOpen: false) { nodes { kind group percent raisedAt } } }' },
  'Query.exportCustomer': {
    needs: 'customers:erase',
    query: 'query ($ref: CustomerRef!) { exportCustomer(ref: $ref) }',
    variables: ({ mei }) => ({ ref: { id: mei } }),
  },
  'Query.order': { needs: 'customers:read', query: '{ order(externalId: "o1") { id lines { id } customer { name } } }' },
  'Query.orders': { needs: 'customers:read', query: '{ orders { nodes { lines { id } } } }' },
  'Query.product': { needs: 'products:read', query: '{ product(sku: "A") { sku name } }' },
  'Query.products': { needs: 'products:read', query: '{ products { nodes { name } } }' },
  'Query.ladder': { needs: 'rules:read', query: '{ ladder(code: "members") { id published { name } } }' },
  'Query.ladders': { needs: 'rules:read', query: '{ ladders { nodes { code draft { name } published { name } } } }' },
  'Query.offer': { needs: 'rules:read', query: '{ offer(code: "welcome") { id draft { name } } }' },
  'Query.offers': { needs: 'rules:read', query: '{ offers { nodes { code draft { name } } } }' },
  'Query.messageTemplate': {
    needs: 'campaigns:read',
    query: '{ messageTemplate(code: "hello") { code version name variants { channel subject text } } }',
  },
  'Query.messageTemplates': { needs: 'campaigns:read', query: '{ messageTemplates { totalCount nodes { code name } } }' },
  'Query.previewMessageTemplate': {
    needs: 'campaigns:read',
    query:
      '{ previewMessageTemplate(input: { code: "hello", channel: EMAIL, customer: { externalId: "mei" } }) { content { subject text } fault language } }',
  },
  'Query.messageProviders': { needs: 'campaigns:read', query: '{ messageProviders { code name channel kind settings hasSecret fault } }' },
  'Query.messages': {
    needs: 'campaigns:read',
    query: '{ messages { totalCount nodes { id status templateCode customer { name } content { subject text } } } }',
  },
  'Query.webhookTopics': { needs: 'webhooks:read', tellsOfNoShop: true, query: '{ webhookTopics { name description example } }' },
  'Query.webhookSubscriptions': {
    needs: 'webhooks:read',
    query: '{ webhookSubscriptions { code url topics description enabled failures fault waiting dead } }',
  },
  'Query.webhookDeliveries': {
    needs: 'webhooks:read',
    query: '{ webhookDeliveries(code: "erp") { totalCount nodes { eventId topic at customerId data status attempts } } }',
  },
  'Query.campaign': { needs: 'campaigns:read', query: '{ campaign(code: "recall") { id name status steps { number } } }' },
  'Query.previewCampaign': {
    needs: 'campaigns:read',
    query:
      '{ previewCampaign(code: "recall") { audience joining control treated steps { step channels { channel count } leftOut { reason count } } messagesCost customers(first: 5) { nodes { name } } } }',
  },
  'Query.readyMadeCampaigns': {
    needs: 'campaigns:read',
    tellsOfNoShop: true,
    query: '{ readyMadeCampaigns { code name purpose parameters { code value } campaign { name } } }',
  },
  'Query.campaigns': { needs: 'campaigns:read', query: '{ campaigns { totalCount nodes { code name status } } }' },
  'Query.campaignReport': {
    needs: 'campaigns:read',
    query:
      '{ campaignReport(code: "running") { sent bought campaign { name } lifts { metric verdict } cost { total } byTiers { key treated { members } } csv } }',
  },
  'Query.campaignCustomers': {
    needs: 'campaigns:read',
    query: '{ campaignCustomers(code: "running", figure: TREATED) { totalCount nodes { name } } }',
  },
  'Query.coupons': { needs: 'customers:read', query: '{ coupons { totalCount nodes { code status customer { name } } } }' },
  'Query.couponBatches': { needs: 'coupons:codes', query: '{ couponBatches { totalCount nodes { id offerName takenCount } } }' },
  'Query.couponBatch': {
    needs: 'coupons:codes',
    query: 'query ($id: ID!) { couponBatch(id: $id) { offerName csv } }',
    variables: ({ batch }) => ({ id: batch }),
  },
  'Query.previewQuote': {
    needs: 'rules:read',
    query:
      'query ($customer: CustomerRef) { previewQuote(cart: { lines: [{ sku: "A", quantity: 1, listPrice: 10000 }] }, customer: $customer, withDrafts: ["welcome"]) { lines { rules { name } trace { code } } } }',
    variables: ({ mei }) => ({ customer: { id: mei } }),
  },
  'Query.distribution': {
    needs: 'insights:read',
    query: '{ distribution(of: ORDER_VALUE, by: "tag") { csv parts { part values bars { customers } } } }',
  },
  'Query.customersBehind': {
    needs: 'insights:read',
    query: '{ customersBehind(of: ORDERS_PER_CUSTOMER, atLeast: 0) { totalCount nodes { name } } }',
  },
  'Query.weekdayHours': { needs: 'insights:read', query: '{ weekdayHours(by: "tag") { part orders } }' },
  'Query.pareto': { needs: 'insights:read', figures: true, query: '{ pareto { total csv } }' },
  'Query.newAndReturning': { needs: 'insights:read', figures: true, query: '{ newAndReturning { month orders } }' },
  'Query.cohorts': { needs: 'insights:read', figures: true, query: '{ cohorts { month customers } }' },
  'Query.secondOrders': { needs: 'insights:read', figures: true, query: '{ secondOrders { customers } }' },
  'Query.whatMakesRegulars': { needs: 'insights:read', figures: true, query: '{ whatMakesRegulars(by: PRODUCT) { value revenue } }' },
  'Query.figureCsv': { needs: 'insights:read', query: '{ figureCsv(of: REPURCHASE_RATES, by: "tag") }' },
  'Query.rfmGrid': { needs: 'insights:read', figures: true, query: '{ rfmGrid { recency customers } }' },
  'Query.repurchaseRates': { needs: 'insights:read', query: '{ repurchaseRates(by: "tag") { part rate { of } } }' },
  'Query.diagnosis': { needs: 'insights:read', figures: true, query: '{ diagnosis { stage findings { name value } } }' },
  'Query.publishWarnings': {
    needs: 'rules:read',
    query: '{ publishWarnings(codes: ["jumping"]) { ruleCode ruleName kind message sku tierCode quantity price comparedWith } }',
  },
  'Query.simulate': {
    needs: 'rules:read',
    query:
      '{ simulate(code: "jumping", from: "2026-01-01T00:00:00Z", to: "2026-03-01T00:00:00Z") { ruleName orders givenAway margin { after } byTier { tierCode } topCustomers { name givenAway } } }',
  },
  'Query.whatIf': {
    needs: 'rules:read',
    query:
      '{ whatIf(steps: [{ amountOff: 500 }], from: "2026-01-01T00:00:00Z", to: "2026-03-01T00:00:00Z") { orders candidates { verdict } products { name } } }',
  },

  'Query.privateLink': {
    needs: 'links:read',
    query: 'query ($id: ID!) { privateLink(id: $id) { id name message uses revenue customers { name } byCustomer { nodes { orders } } } }',
    variables: ({ privateLink }) => ({ id: privateLink }),
  },
  'Query.privateLinks': { needs: 'links:read', query: '{ privateLinks { totalCount nodes { name status orders } } }' },
  'Query.ladderVersion': { needs: 'rules:read', query: '{ ladderVersion(code: "members", version: 1) { name state } }' },
  'Query.offerVersion': { needs: 'rules:read', query: '{ offerVersion(code: "welcome", version: 1) { name state } }' },
  'Query.compareVersions': { needs: 'rules:read', query: '{ compareVersions(code: "members", from: 1, to: 2) { path before after } }' },
  'Query.scheduledPublications': {
    needs: 'rules:read',
    query: '{ scheduledPublications { totalCount nodes { id state rules { code version } } } }',
  },
  'Query.tierPriceHistory': { needs: 'rules:read', query: '{ tierPriceHistory(sku: "A") { listPrice prices { tierName price } } }' },
  'Query.recentFullPriceBuyers': {
    needs: 'customers:read',
    query: '{ recentFullPriceBuyers(skus: ["A"], days: 3650) { totalCount total { owed } nodes { customer { name } owed } } }',
  },
  'Query.recentFullPriceBuyersCsv': { needs: 'segments:export', query: '{ recentFullPriceBuyersCsv(skus: ["A"], days: 3650) }' },

  'Mutation.updateShop': { needs: 'shop:write', query: 'mutation { updateShop(input: { rounding: DOWN }) { rounding } }' },
  'Mutation.createKey': { needs: 'keys:write', query: 'mutation { createKey(input: { kind: PUBLISHABLE, name: "web" }) { id } }' },
  'Mutation.revokeKey': {
    needs: 'keys:write',
    query: 'mutation ($id: ID!) { revokeKey(id: $id) }',
    variables: ({ spareKey }) => ({ id: spareKey }),
  },
  'Mutation.saveTier': {
    needs: 'tiers:write',
    query: 'mutation { saveTier(input: { code: "silver", name: "Silver", rank: 1 }) { name } }',
  },
  'Mutation.deleteTier': { needs: 'tiers:write', query: 'mutation { deleteTier(code: "spare") }' },
  'Mutation.adoptProgramme': {
    needs: 'tiers:write',
    // The shop's own tiers make way first.
    query:
      'mutation ($spare: String!) { gold: saveTier(input: { code: "gold", name: "Gold", rank: 90 }) { name } silver: saveTier(input: { code: "silver", name: "Silver", rank: 80 }) { name } spare: saveTier(input: { code: "spare", name: "Spare", rank: 70 }) { name } other: saveTier(input: { code: $spare, name: "Other", rank: 60 }) { name } adoptProgramme(code: "importance") { code } }',
    variables: ({ spareTier }) => ({ spare: spareTier }),
  },
  'Mutation.saveSegment': {
    needs: 'segments:write',
    query: 'mutation { saveSegment(input: { code: "buyers", name: "Buyers", query: "number_of_orders >= 2" }) { id } }',
  },
  'Mutation.deleteSegment': { needs: 'segments:write', query: 'mutation { deleteSegment(code: "spare") }' },
  'Mutation.refreshSegment': { needs: 'segments:write', query: 'mutation { refreshSegment(code: "buyers") { refreshedAt } }' },
  'Mutation.adoptReadyMade': { needs: 'segments:write', query: 'mutation { adoptReadyMade(codes: ["new-customers"]) { code } }' },
  'Mutation.saveTagRule': {
    needs: 'segments:write',
    query: 'mutation { saveTagRule(input: { tag: "again", regularly: { sku: "A", times: 2 } }) { query } }',
  },
  'Mutation.deleteTagRule': { needs: 'segments:write', query: 'mutation { deleteTagRule(tag: "spare") }' },
  'Mutation.applyTagRules': { needs: 'segments:write', query: 'mutation { applyTagRules }' },
  'Mutation.evaluateTiers': { needs: 'tiers:write', query: 'mutation { evaluateTiers { promoted demoted unchanged } }' },
  'Mutation.evaluateScores': { needs: 'tiers:write', query: 'mutation { evaluateScores { customers } }' },
  'Mutation.saveRfmMap': {
    needs: 'tiers:write',
    query: 'mutation { saveRfmMap(input: { name: "Eight classes", kind: EIGHT_CLASSES }) { version } }',
  },
  'Mutation.saveRhythm': { needs: 'tiers:write', query: 'mutation { saveRhythm(medianDays: 20, p90Days: 60) { medianDays } }' },
  'Mutation.clearRhythm': { needs: 'tiers:write', query: 'mutation { clearRhythm }' },
  'Mutation.setGroupTarget': {
    needs: 'tiers:write',
    query: 'mutation { setGroupTarget(kind: LIFECYCLE, group: "ACTIVE", targetShare: 50, direction: AT_LEAST) { group } }',
  },
  'Mutation.removeGroupTarget': {
    needs: 'tiers:write',
    query: 'mutation { removeGroupTarget(kind: TIER, group: "gold") }',
  },
  'Mutation.unpinTier': {
    needs: 'tiers:pin',
    query: 'mutation ($customer: CustomerRef!) { unpinTier(customer: $customer) { name } }',
    variables: ({ mei }) => ({ customer: { id: mei } }),
  },
  'Mutation.pinTier': {
    needs: 'tiers:pin',
    query: 'mutation ($customer: CustomerRef!) { pinTier(customer: $customer, tierCode: "gold", reason: "asked") { name } }',
    variables: ({ mei }) => ({ customer: { id: mei } }),
  },
  'Mutation.unpinCompanyTier': { needs: 'tiers:pin', query: 'mutation { unpinCompanyTier(externalId: "acme") { name } }' },
  'Mutation.pinCompanyTier': {
    needs: 'tiers:pin',
    query: 'mutation { pinCompanyTier(externalId: "acme", tierCode: "gold", reason: "asked") { name } }',
  },
  'Mutation.tagCustomers': {
    needs: 'customers:write',
    query: 'mutation ($customers: [CustomerRef!]!) { tagCustomers(customers: $customers, add: ["regular"]) }',
    variables: ({ mei }) => ({ customers: [{ id: mei }] }),
  },
  // Before its customer is erased, which calls it back.
  'Mutation.revokePrivateLinks': {
    needs: 'links:write',
    query: 'mutation ($id: ID!) { revokePrivateLinks(batchId: $id) }',
    variables: ({ linkBatch }) => ({ id: linkBatch }),
  },
  'Mutation.unmergeCustomer': {
    needs: 'customers:merge',
    query: 'mutation ($from: ID!) { unmergeCustomer(from: $from) { name } }',
    variables: ({ merged }) => ({ from: merged }),
  },
  'Mutation.mergeCustomers': {
    needs: 'customers:merge',
    query: 'mutation ($into: CustomerRef!) { mergeCustomers(from: { externalId: "li" }, into: $into, reason: "one person") { name } }',
    variables: ({ mei }) => ({ into: { id: mei } }),
  },
  'Mutation.eraseCustomer': {
    needs: 'customers:erase',
    query: 'mutation ($ref: CustomerRef!) { eraseCustomer(ref: $ref, reason: "asked to be forgotten") }',
    variables: ({ mei }) => ({ ref: { id: mei } }),
  },
  'Mutation.saveLadder': {
    needs: 'rules:write',
    query: 'mutation ($input: LadderInput!) { saveLadder(input: $input) { draft { name } } }',
    variables: () => ({ input: { code: 'members', name: 'Members', rungs: RUNGS } }),
  },
  'Mutation.saveOffer': {
    needs: 'rules:write',
    query: 'mutation ($input: OfferInput!) { saveOffer(input: $input) { draft { name } } }',
    variables: () => ({ input: { code: 'another', name: 'Another', level: 'PRODUCT', product: { adjustment: { percentOff: 5 } } } }),
  },
  'Mutation.adoptCampaign': {
    needs: 'campaigns:write',
    query: 'mutation { adoptCampaign(code: "second-order") { campaign { name status } offerCodes templateCodes } }',
  },
  'Mutation.saveCampaign': {
    needs: 'campaigns:write',
    query: 'mutation ($input: CampaignInput!) { saveCampaign(input: $input) { name status } }',
    variables: () => ({
      input: { code: 'another', name: 'Another', kind: 'CARE', steps: [{ channels: ['SMS'], templateCode: 'thanks' }] },
    }),
  },
  'Mutation.saveMessageTemplate': {
    needs: 'campaigns:write',
    query:
      'mutation { saveMessageTemplate(input: { code: "thanks", name: "Thanks", variants: [{ channel: EMAIL, subject: "Thanks", text: "Dear {{ customer.name }}" }] }) { code version } }',
  },
  'Mutation.saveMessageProvider': {
    needs: 'channels:write',
    query:
      'mutation { saveMessageProvider(input: { code: "spare", channel: EMAIL, kind: SMTP, name: "Spare", enabled: false, smtp: { host: "mail.example", from: "shop@tea.example" } }) { code settings } }',
  },
  'Mutation.testMessageProvider': { needs: 'channels:write', query: 'mutation { testMessageProvider(code: "mail") { works fault } }' },
  'Mutation.resolveDoubtfulMessage': {
    needs: 'campaigns:run',
    query: 'mutation ($id: ID!) { resolveDoubtfulMessage(id: $id, resolution: LEAVE) { id status } }',
    variables: ({ doubtful }) => ({ id: doubtful }),
  },
  'Mutation.saveWebhookSubscription': {
    needs: 'webhooks:write',
    query:
      'mutation { saveWebhookSubscription(input: { code: "new", url: "https://receiver.invalid/", topics: ["coupon.issued"] }) { secret subscription { code } } }',
  },
  'Mutation.rotateWebhookSecret': {
    needs: 'webhooks:write',
    query: 'mutation { rotateWebhookSecret(code: "erp") { secret subscription { code oldSecretUntil } } }',
  },
  'Mutation.deleteWebhookSubscription': { needs: 'webhooks:write', query: 'mutation { deleteWebhookSubscription(code: "spare") }' },
  'Mutation.testWebhook': { needs: 'webhooks:write', query: 'mutation { testWebhook(code: "erp") { delivered status ms body fault } }' },
  'Mutation.resendWebhookDeliveries': { needs: 'webhooks:write', query: 'mutation { resendWebhookDeliveries(code: "erp") }' },
  'Mutation.startCampaign': { needs: 'campaigns:run', query: 'mutation { startCampaign(code: "ready") { code name status } }' },
  'Mutation.scheduleCampaign': { needs: 'campaigns:run', query: 'mutation { scheduleCampaign(code: "soon") { name status } }' },
  'Mutation.testCampaign': {
    needs: 'campaigns:run',
    query: 'mutation { testCampaign(code: "recall", step: 1, to: ["staff@example.com"]) { channel subject results { to fault } } }',
  },
  'Mutation.pauseCampaign': { needs: 'campaigns:run', query: 'mutation { pauseCampaign(code: "running") { name status } }' },
  'Mutation.resumeCampaign': { needs: 'campaigns:run', query: 'mutation { resumeCampaign(code: "paused") { name status } }' },
  'Mutation.cancelCampaign': { needs: 'campaigns:run', query: 'mutation { cancelCampaign(code: "spare") { name status } }' },
  'Mutation.saveTouchPolicy': {
    needs: 'channels:write',
    query: 'mutation { saveTouchPolicy(input: { careFirstDays: 30 }) { careFirstDays caps { most audience } } }',
  },
  'Mutation.recordObjection': {
    needs: 'tasks:write',
    query:
      'mutation ($customer: CustomerRef!) { recordObjection(customer: $customer, scope: PHONE, proof: { source: "a call" }) { objectsToAll } }',
    variables: ({ mei }) => ({ customer: { id: mei } }),
  },
  'Mutation.withdrawObjection': {
    needs: 'tasks:write',
    query: 'mutation ($customer: CustomerRef!) { withdrawObjection(customer: $customer, scope: PHONE) { objectsToAll } }',
    variables: ({ mei }) => ({ customer: { id: mei } }),
  },
  'Mutation.saveCustomerPreferences': {
    needs: 'tasks:write',
    query:
      'mutation ($customer: CustomerRef!) { saveCustomerPreferences(customer: $customer, input: { personalMarketing: false }) { personalMarketing } }',
    variables: ({ mei }) => ({ customer: { id: mei } }),
  },
  'Mutation.recordTouch': {
    needs: 'tasks:write',
    query:
      'mutation ($customer: CustomerRef!) { recordTouch(input: { customer: $customer, channel: PHONE, purpose: CARE }) { id status } }',
    variables: ({ mei }) => ({ customer: { id: mei } }),
  },
  'Query.staffTasks': {
    needs: 'tasks:write',
    query: '{ staffTasks { totalCount nodes { id state channel recipient text claimedBy customer { name } events { kind } } } }',
  },
  'Mutation.claimTasks': {
    needs: 'tasks:write',
    query: 'mutation ($ids: [ID!]!) { claimTasks(ids: $ids) { id kind reason } }',
    variables: ({ task }) => ({ ids: [task] }),
  },
  'Mutation.releaseTasks': {
    needs: 'tasks:write',
    query: 'mutation ($ids: [ID!]!) { releaseTasks(ids: $ids) }',
    variables: ({ task }) => ({ ids: [task] }),
  },
  'Mutation.exportTasks': { needs: 'tasks:write', query: 'mutation { exportTasks(filter: { channel: PHONE }) }' },
  'Mutation.resolveTasks': {
    needs: 'tasks:write',
    query: 'mutation ($results: [TaskResultInput!]!) { resolveTasks(results: $results) { id kind } }',
    variables: ({ task }) => ({ results: [{ id: task, outcome: 'FAILED', note: 'nobody there' }] }),
  },
  'Query.broadcast': {
    needs: 'campaigns:read',
    query: '{ broadcast(code: "news") { code name text link clicks orders { orders revenue } } }',
  },
  'Query.broadcasts': { needs: 'campaigns:read', query: '{ broadcasts { totalCount nodes { name } } }' },
  'Mutation.saveBroadcast': {
    needs: 'campaigns:write',
    query: 'mutation ($input: BroadcastInput!) { saveBroadcast(input: $input) { code } }',
    variables: () => ({ input: { code: 'more', name: 'More', place: 'GROUP', text: 'More news', url: 'https://shop.example/' } }),
  },
  'Mutation.createPrivateLink': {
    needs: 'links:write',
    query: 'mutation ($input: PrivateLinkInput!) { createPrivateLink(input: $input) { url token link { name } } }',
    variables: ({ mei }) => ({
      input: { name: 'For you', customers: [{ id: mei }], items: [{ sku: 'A', adjustment: { percentOff: 5 } }] },
    }),
  },
  'Mutation.createPrivateLinks': {
    needs: 'links:write',
    query: 'mutation ($input: PrivateLinkInput!) { createPrivateLinks(input: $input, query: "number_of_orders >= 1") { count csv } }',
    variables: () => ({ input: { name: 'For you', items: [{ sku: 'A', adjustment: { percentOff: 5 } }] } }),
  },
  'Mutation.revokePrivateLink': {
    needs: 'links:write',
    query: 'mutation ($id: ID!) { revokePrivateLink(id: $id) { name status } }',
    variables: ({ privateLink }) => ({ id: privateLink }),
  },
  'Mutation.deleteDraft': { needs: 'rules:write', query: 'mutation { deleteDraft(code: "welcome") }' },
  'Mutation.issueCoupons': {
    needs: 'coupons:issue',
    query: 'mutation ($customers: [CustomerRef!]) { issueCoupons(offerCode: "thanks", customers: $customers) }',
    variables: ({ mei }) => ({ customers: [{ id: mei }] }),
  },
  'Mutation.revokeCoupon': {
    needs: 'coupons:issue',
    query: 'mutation ($code: String!) { revokeCoupon(code: $code) { status } }',
    variables: ({ coupon }) => ({ code: coupon }),
  },
  'Mutation.createCouponCodes': {
    needs: 'coupons:codes',
    query: 'mutation { createCouponCodes(offerCode: "thanks", count: 1) { id } }',
  },
  'Mutation.revokeCouponCodes': {
    needs: 'coupons:codes',
    query: 'mutation ($batch: ID!) { revokeCouponCodes(batchId: $batch) }',
    variables: ({ batch }) => ({ batch }),
  },
  'Mutation.publish': { needs: 'rules:publish', query: 'mutation { publish(codes: ["ready"]) { bookVersion warnings { message } } }' },
  'Mutation.restoreVersion': { needs: 'rules:write', query: 'mutation { restoreVersion(code: "members", version: 1) }' },
  'Mutation.schedulePublication': {
    needs: 'rules:publish',
    query: 'mutation { schedulePublication(codes: ["soon"], at: "2199-01-01T00:00:00Z") { id state warnings { kind } } }',
  },
  'Mutation.cancelPublication': {
    needs: 'rules:publish',
    query: 'mutation ($id: ID!) { cancelPublication(id: $id) { state } }',
    variables: ({ publication }) => ({ id: publication }),
  },
  'Mutation.retire': { needs: 'rules:publish', query: 'mutation { retire(codes: ["ended"]) { bookVersion warnings { message } } }' },
}
