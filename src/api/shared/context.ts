import type { StaffRole } from '../../access/key.model.ts'
import type { Permission } from '../../access/permission.rules.ts'
import type { World } from '../../shell/world.ts'

/** Who is asking, as their key and token say. */
export type Caller =
  | { readonly kind: 'NOBODY' }
  | { readonly kind: 'PLUGIN'; readonly keyId: string }
  | { readonly kind: 'PUBLISHABLE'; readonly keyId: string; readonly address: string; readonly shopperId: string | null }
  | { readonly kind: 'ADMIN'; readonly keyId: string; readonly role: StaffRole }

/** What every resolver is given. Nobody has no world: there is no shop to look at. */
export type ApiContext = { readonly world: World; readonly caller: Caller; readonly requestId: string }

/** What a storefront field asks of its caller. */
export type StorefrontAccess = 'PLUGIN' | 'STOREFRONT'

export type Access = Permission | StorefrontAccess
