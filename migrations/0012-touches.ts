import { Migration } from '@mikro-orm/migrations'

/**
 * Who may be spoken to, when and how often: the shop's policy, one ledger of touches over all campaigns, why nothing was sent,
 * what customers objected to, what happened to them that keeps marketing away, and addresses at which nobody is. What somebody
 * agreed to says for which purpose and in which wording.
 */
export class Touches extends Migration {
  override up(): void {
    for (const statement of [CONSENT, POLICY, TOUCH, REFUSAL, OBJECTION, EVENT].flatMap((text) => text.split(/;\n/)))
      if (statement.trim() !== '') this.addSql(statement)
  }
}

/**
 * A word without a purpose is for every purpose. `firm`: said to the shop itself (a preference, an objection), so that a list that is
 * sent again, undated, does not talk over it. What holds now is, as it always was, what holds for marketing.
 */
const CONSENT = `
alter table customer_consent
  add column purpose text check (purpose in ('CARE', 'MARKETING')),
  add column wording text,
  add column firm boolean not null default false;
create or replace view customer_consent_current as
  select distinct on (shop_id, customer_id, channel) shop_id, customer_id, channel, granted, at, source, purpose, wording
  from customer_consent
  where purpose is null or purpose = 'MARKETING'
  order by shop_id, customer_id, channel, at desc, id desc;
`

const POLICY = `
create table touch_policy (
  shop_id integer primary key references shop,
  terms jsonb not null check (jsonb_typeof(terms) = 'object'),
  saved_at timestamptz not null
);
`

const TOUCH = `
create table touch (
  shop_id integer not null,
  id uuid not null,
  key text not null,
  customer_id uuid not null,
  purpose text not null check (purpose in ('CARE', 'MARKETING')),
  channel text not null check (channel in ('EMAIL', 'SMS', 'PUSH', 'WECHAT', 'WECOM', 'PHONE', 'POST', 'PARCEL', 'ON_SITE')),
  campaign_id uuid,
  campaign_code text,
  step integer,
  priority integer not null default 0,
  status text not null check (status in ('DECIDED', 'SENT', 'DELIVERED', 'FAILED', 'BOUNCED', 'CANCELLED')),
  decided_at timestamptz not null,
  sent_at timestamptz,
  by_hand boolean not null default false,
  note text,
  primary key (shop_id, id),
  foreign key (shop_id, customer_id) references customer (shop_id, id)
);
create unique index touch_key on touch (shop_id, key) where status in ('DECIDED', 'SENT', 'DELIVERED');
create index touch_customer on touch (shop_id, customer_id, decided_at desc, id desc);
`

const REFUSAL = `
create table touch_refusal (
  shop_id integer not null,
  id uuid not null,
  key text not null,
  customer_id uuid not null,
  kind text not null check (kind in ('HOLD', 'DROP')),
  reason text not null,
  purpose text check (purpose in ('CARE', 'MARKETING')),
  channel text,
  by_channel jsonb not null default '{}' check (jsonb_typeof(by_channel) = 'object'),
  campaign_id uuid,
  campaign_code text,
  step integer,
  priority integer not null default 0,
  until timestamptz,
  is_open boolean not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  times integer not null default 1 check (times > 0),
  primary key (shop_id, id),
  unique (shop_id, key, reason),
  foreign key (shop_id, customer_id) references customer (shop_id, id),
  check (not is_open or kind = 'HOLD'),
  check (kind = 'DROP' or until is not null)
);
create index touch_refusal_customer on touch_refusal (shop_id, customer_id, first_at desc, id desc);
create index touch_refusal_held on touch_refusal (shop_id, customer_id) where is_open;
create index touch_refusal_campaign on touch_refusal (shop_id, campaign_id, reason) where campaign_id is not null;
`

const OBJECTION = `
create table objection (
  shop_id integer not null,
  id uuid not null,
  customer_id uuid not null,
  scope text not null check (scope in ('ALL', 'PERSONAL', 'EMAIL', 'SMS', 'PUSH', 'WECHAT', 'WECOM', 'PHONE', 'POST', 'PARCEL')),
  at timestamptz not null,
  source text,
  wording text,
  noted_by text not null,
  noted_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_source text,
  withdrawn_wording text,
  primary key (shop_id, id),
  foreign key (shop_id, customer_id) references customer (shop_id, id)
);
create index objection_customer on objection (shop_id, customer_id, at desc, id desc);
create table dead_address (
  shop_id integer not null,
  customer_id uuid not null,
  channel text not null check (channel in ('EMAIL', 'SMS', 'PUSH', 'WECHAT', 'WECOM', 'PHONE', 'POST')),
  address text not null,
  since timestamptz not null,
  why text not null,
  primary key (shop_id, customer_id, channel, address),
  foreign key (shop_id, customer_id) references customer (shop_id, id)
);
`

const EVENT = `
create table customer_event (
  shop_id integer not null,
  id uuid not null,
  external_id text not null,
  customer_id uuid not null,
  kind text not null,
  subject text not null,
  at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (shop_id, id),
  unique (shop_id, external_id),
  foreign key (shop_id, customer_id) references customer (shop_id, id)
);
create index customer_event_customer on customer_event (shop_id, customer_id, at desc, id desc)
`
