import { Migration } from '@mikro-orm/migrations'

/**
 * What comes back of messages, what the shop's own people do of them, and what is said to nobody in particular. An event is kept once
 * under the name that whoever reported it gave it, however often and in whatever order it is told.
 */
export class Channels extends Migration {
  override up(): void {
    for (const statement of [EVENT, TASK, BROADCAST].flatMap((text) => text.split(/;\n/)))
      if (statement.trim() !== '') this.addSql(statement)
  }
}

// provider_code '': noticed here, at our own doors; then `times` counts how often, and `at` is the first time.
const EVENT = `
create table message_event (
  shop_id integer not null,
  id uuid not null,
  message_id uuid not null,
  kind text not null check (kind in
    ('SENT', 'DELIVERED', 'OPENED', 'CLICKED', 'REPLIED', 'FAILED', 'BOUNCED', 'COMPLAINED', 'UNSUBSCRIBED')),
  at timestamptz not null,
  provider_code text collate "C" not null,
  event_id text collate "C" not null check (event_id <> ''),
  link smallint,
  detail text,
  times integer not null default 1 check (times > 0),
  received_at timestamptz not null,
  primary key (shop_id, id),
  unique (shop_id, provider_code, event_id),
  foreign key (shop_id, message_id) references message (shop_id, id)
);
create index message_event_message on message_event (shop_id, message_id, kind);
create index message_awaiting on message (shop_id, id) where status = 'AWAITING_STAFF';
create index customer_phone on customer (shop_id, phone) where phone is not null;
`

// A message that the shop's own people carry; no row: nobody has taken it up.
const TASK = `
create table message_task (
  shop_id integer not null,
  message_id uuid not null,
  claimed_by text,
  claimed_key uuid,
  claimed_at timestamptz,
  outcome text check (outcome in ('DONE', 'FAILED')),
  note text,
  resolved_by text,
  resolved_at timestamptz,
  primary key (shop_id, message_id),
  foreign key (shop_id, message_id) references message (shop_id, id),
  check ((claimed_at is null) = (claimed_by is null)),
  check ((outcome is null) = (resolved_at is null) and (outcome is null) = (resolved_by is null))
);
create index message_task_resolved on message_task (shop_id, outcome, message_id) where outcome is not null;
`

const BROADCAST = `
create table broadcast (
  shop_id integer not null references shop,
  code text collate "C" not null check (code <> ''),
  name text not null,
  place text not null check (place in ('GROUP', 'FEED', 'OTHER')),
  text text not null,
  url text,
  offer_code text collate "C",
  campaign_code text collate "C",
  sent_at timestamptz,
  clicks bigint not null default 0 check (clicks >= 0),
  last_click_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (shop_id, code)
);
`
