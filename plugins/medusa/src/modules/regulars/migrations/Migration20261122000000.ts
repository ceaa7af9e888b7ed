import { Migration } from '@medusajs/framework/mikro-orm/migrations'

const TIMES = `"created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null`

export class Migration20261122000000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table if not exists "regulars_cart" (
      "id" text not null, "shopper_id" text null, "codes" text[] not null default '{}', "link_token" text null, "priced" jsonb null,
      "reservation_id" text null, "attempt" integer not null default 0, ${TIMES}, constraint "regulars_cart_pkey" primary key ("id"))`)
    this.addSql(`create table if not exists "regulars_order" (
      "id" text not null, "reservation_id" text null, "lines" jsonb not null, "told" text null, "returns" jsonb not null,
      ${TIMES}, constraint "regulars_order_pkey" primary key ("id"))`)
    this.addSql(`create table if not exists "regulars_task" (
      "id" text not null, "attempts" integer not null default 0, "due_at" timestamptz not null, "wanted" integer not null default 1,
      "last_error" text null, ${TIMES}, constraint "regulars_task_pkey" primary key ("id"))`)
    this.addSql(`create index if not exists "IDX_regulars_task_due_at" on "regulars_task" ("due_at") where deleted_at is null`)
    this.addSql(`create table if not exists "regulars_sync" (
      "id" text not null, "cursor" text null, "told" integer not null default 0, "finished_at" timestamptz null,
      ${TIMES}, constraint "regulars_sync_pkey" primary key ("id"))`)
    for (const table of ['cart', 'order', 'task', 'sync'])
      this.addSql(
        `create index if not exists "IDX_regulars_${table}_deleted_at" on "regulars_${table}" ("deleted_at") where deleted_at is null`,
      )
  }

  override async down(): Promise<void> {
    for (const table of ['cart', 'order', 'task', 'sync']) this.addSql(`drop table if exists "regulars_${table}"`)
  }
}
