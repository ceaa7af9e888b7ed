import { Migration } from '@mikro-orm/migrations'

/**
 * What is sent to customers one by one: what it is written from, through whom it goes, and each message. What a message says, and to
 * which address, is a row of its own: it is deleted after a while and when somebody is forgotten, and does not move when the
 * message's state does.
 */
export class Messages extends Migration {
  override up(): void {
    for (const statement of [KEY, TEMPLATE, PROVIDER, MESSAGE].flatMap((text) => text.split(/;\n/)))
      if (statement.trim() !== '') this.addSql(statement)
  }
}

// Under it the addresses of unsubscribing are signed.
const KEY = `
create table message_key (
  shop_id integer not null references shop,
  secret bytea not null check (length(secret) = 32),
  primary key (shop_id)
);
`

const TEMPLATE = `
create table message_template (
  shop_id integer not null references shop,
  code text collate "C" not null check (code <> ''),
  version integer not null check (version > 0),
  name text not null,
  variants jsonb not null check (jsonb_typeof(variants) = 'array'),
  created_at timestamptz not null,
  primary key (shop_id, code, version)
);
`

// sealed: encrypted, under a key that is not in the database. next_at: when the next message may go, by its rate.
const PROVIDER = `
create table message_provider (
  shop_id integer not null references shop,
  code text collate "C" not null check (code <> ''),
  channel text not null check (channel in ('EMAIL', 'SMS', 'PUSH', 'WECHAT', 'WECOM', 'PHONE', 'POST', 'PARCEL')),
  kind text not null check (kind in ('SMTP', 'WEBHOOK', 'TASK')),
  name text not null,
  settings jsonb not null,
  sealed bytea,
  enabled boolean not null,
  rate_per_second double precision check (rate_per_second > 0),
  cost_minor bigint not null check (cost_minor >= 0),
  next_at timestamptz,
  held_until timestamptz,
  failures integer not null default 0,
  fault text,
  updated_at timestamptz not null,
  primary key (shop_id, code)
);
create unique index message_provider_channel on message_provider (shop_id, channel) where enabled;
`

const MESSAGE = `
create table message (
  shop_id integer not null references shop,
  id uuid not null,
  customer_id uuid not null,
  channel text not null check (channel in ('EMAIL', 'SMS', 'PUSH', 'WECHAT', 'WECOM', 'PHONE', 'POST', 'PARCEL')),
  provider_code text collate "C",
  purpose text not null check (purpose in ('CARE', 'MARKETING')),
  campaign_id uuid,
  campaign_code text,
  step integer,
  exposure_id uuid,
  touch_id uuid,
  template_code text collate "C" not null,
  template_version integer not null,
  language text,
  tier_code text,
  status text not null check (status in
    ('QUEUED', 'SENDING', 'DOUBTFUL', 'ACCEPTED', 'AWAITING_STAFF', 'SENT', 'DELIVERED', 'FAILED', 'BOUNCED', 'CANCELLED')),
  reason text,
  queued_at timestamptz not null,
  due_at timestamptz not null,
  not_after timestamptz,
  attempts integer not null default 0,
  claim_id uuid,
  claimed_at timestamptz,
  sent_at timestamptz,
  provider_message_id text,
  cost_minor bigint not null default 0,
  primary key (shop_id, id),
  foreign key (shop_id, customer_id) references customer (shop_id, id)
);
create unique index message_exposure on message (shop_id, exposure_id) where exposure_id is not null;
create index message_due on message (shop_id, channel, due_at, id) where status = 'QUEUED';
create index message_sending on message (shop_id, claimed_at) where status = 'SENDING';
create index message_doubtful on message (shop_id, id) where status = 'DOUBTFUL';
create index message_customer on message (shop_id, customer_id, id);
create index message_campaign on message (shop_id, campaign_id, id) where campaign_id is not null;
create index message_at_provider on message (shop_id, provider_code, provider_message_id) where provider_message_id is not null;
create table message_content (
  shop_id integer not null,
  message_id uuid not null,
  recipient text not null,
  content jsonb not null,
  kept_since timestamptz not null,
  primary key (shop_id, message_id),
  foreign key (shop_id, message_id) references message (shop_id, id)
);
create index message_content_age on message_content (shop_id, kept_since);
`
