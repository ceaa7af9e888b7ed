import type { StaffRole } from './key.model.ts'

/** What an admin field asks of a key's role. */
export const PERMISSIONS = [
  'shop:read',
  'shop:write',
  'keys:read',
  'keys:write',
  'audit:read',
  'customers:read',
  'customers:write',
  'customers:merge',
  'customers:erase',
  'segments:write',
  'segments:export',
  'tiers:write',
  'tiers:pin',
  'products:read',
  'rules:read',
  'rules:write',
  'rules:publish',
  'coupons:issue',
  'coupons:codes',
  'links:read',
  'links:write',
  'insights:read',
  'campaigns:read',
  'campaigns:write',
  'campaigns:run',
  'channels:write',
  'tasks:write',
  'webhooks:read',
  'webhooks:write',
] as const
export type Permission = (typeof PERMISSIONS)[number]

const READ: readonly Permission[] = [
  'shop:read',
  'customers:read',
  'products:read',
  'rules:read',
  'links:read',
  'insights:read',
  'campaigns:read',
]

/**
 * The permission table (docs/permissions.md shows it; a test holds the two together). The owner may do everything; a
 * manager all but change the shop's own settings; a marketer writes and publishes rules, makes coupons and private links, writes
 * and runs campaigns, keeps segments and tags customers; service looks after customers, gives them coupons and notes what they say; an analyst reads.
 */
export const ALLOWED: Record<StaffRole, readonly Permission[]> = {
  OWNER: PERMISSIONS,
  MANAGER: PERMISSIONS.filter((permission) => permission !== 'shop:write'),
  MARKETER: [
    ...READ,
    'customers:write',
    'segments:write',
    'segments:export',
    'rules:write',
    'rules:publish',
    'coupons:issue',
    'coupons:codes',
    'links:write',
    'campaigns:write',
    'campaigns:run',
    'tasks:write',
  ],
  SERVICE: [...READ, 'customers:write', 'customers:merge', 'tiers:pin', 'coupons:issue', 'tasks:write'],
  ANALYST: [...READ, 'audit:read'],
}

export const may = (role: StaffRole, permission: Permission): boolean => ALLOWED[role].includes(permission)
