import { Migration } from '@mikro-orm/migrations'

/**
 * Campaigns: what they are to do and for whom, who takes part, and every single sending that comes of them. A million may take part
 * in one: members and exposures are made by one statement each and found by the campaign, or by the customer.
 */
export class Campaigns extends Migration {
  override up(): void {
    for (const statement of [CAMPAIGN, TAKING_PART].flatMap((text) => text.split(/;\n/)))
      if (statement.trim() !== '') this.addSql(statement)
  }
}

// next_join_at: when customers are next let in; null: nobody more is.
const CAMPAIGN = `
create table campaign (
  shop_id integer not null references shop,
  id uuid not null,
  code text collate "C" not null check (code <> ''),
  name text not null,
  kind text not null check (kind in ('CARE', 'RECALL', 'WIN_BACK', 'MARKETING', 'ANNOUNCEMENT')),
  status text not null check (status in ('DRAFT', 'SCHEDULED', 'RUNNING', 'PAUSED', 'FINISHED', 'CANCELLED')),
  goal_metric text check (goal_metric in ('ORDERS', 'REVENUE', 'MARGIN', 'BUYERS', 'REPEAT_RATE', 'UNITS_PER_BUYER')),
  goal_target double precision check (goal_target >= 0),
  attribution_days integer not null check (attribution_days between 1 and 365),
  budget bigint check (budget between 0 and 9007199254740991),
  spent bigint not null default 0 check (spent between 0 and 9007199254740991),
  audience text,
  exclusions text[] not null,
  control_bp integer not null check (control_bp between 0 and 5000),
  priority integer not null,
  start_kind text not null check (start_kind in ('ONCE', 'DAILY', 'USUAL_HOUR')),
  start_at timestamptz,
  start_minute integer check (start_minute between 0 and 1439),
  join_until timestamptz,
  ends_at timestamptz,
  on_site jsonb check (jsonb_typeof(on_site) = 'object'),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  started_at timestamptz,
  paused_at timestamptz,
  ended_at timestamptz,
  next_join_at timestamptz,
  primary key (shop_id, id),
  unique (shop_id, code),
  check ((goal_metric is null) = (goal_target is null)),
  check ((started_at is null) = (status in ('DRAFT', 'SCHEDULED')) or status = 'CANCELLED'),
  check ((paused_at is null) = (status <> 'PAUSED')),
  check ((ended_at is null) = (status not in ('FINISHED', 'CANCELLED')))
);
create index campaign_alive on campaign (shop_id, status) where status in ('SCHEDULED', 'RUNNING', 'PAUSED');
create table campaign_step (
  shop_id integer not null,
  campaign_id uuid not null,
  number smallint not null check (number between 1 and 8),
  delay_hours integer not null check (delay_hours between 0 and 8760),
  after text not null check (after in ('JOINED', 'PREVIOUS')),
  channels text[] not null check (cardinality(channels) > 0),
  template_code text collate "C" not null,
  condition text,
  only_if text check (only_if in ('NOT_BOUGHT', 'OPENED_NOT_BOUGHT')),
  purpose text not null check (purpose in ('CARE', 'MARKETING')),
  primary key (shop_id, campaign_id, number),
  foreign key (shop_id, campaign_id) references campaign (shop_id, id) on delete cascade
);
create table campaign_give (
  shop_id integer not null,
  campaign_id uuid not null,
  number smallint not null check (number between 1 and 20),
  offer_code text collate "C" not null,
  given_as text not null check (given_as in ('COUPON', 'OFFER', 'LINK')),
  tier_codes text[] not null,
  each integer not null check (each between 1 and 100),
  valid_days integer check (valid_days between 1 and 3650),
  link_terms jsonb check (jsonb_typeof(link_terms) = 'object'),
  primary key (shop_id, campaign_id, number),
  foreign key (shop_id, campaign_id) references campaign (shop_id, id) on delete cascade
);
`

const TAKING_PART = `
create table campaign_member (
  shop_id integer not null,
  campaign_id uuid not null,
  customer_id uuid not null,
  treated boolean not null,
  joined_at timestamptz not null,
  tier_code text collate "C",
  left_at timestamptz,
  left_reason text,
  primary key (shop_id, campaign_id, customer_id),
  foreign key (shop_id, campaign_id) references campaign (shop_id, id),
  foreign key (shop_id, customer_id) references customer (shop_id, id),
  check ((left_at is null) = (left_reason is null))
);
create index campaign_member_customer on campaign_member (shop_id, customer_id);
create table exposure (
  shop_id integer not null,
  id uuid not null,
  campaign_id uuid not null,
  step smallint not null,
  customer_id uuid not null,
  status text not null check (status in ('DUE', 'HELD', 'QUEUED', 'SENT', 'FAILED', 'DROPPED')),
  due_at timestamptz not null,
  decided_at timestamptz,
  channel text,
  touch_id uuid,
  message_id uuid,
  reason text,
  primary key (shop_id, id),
  unique (shop_id, campaign_id, customer_id, step),
  foreign key (shop_id, campaign_id, customer_id) references campaign_member (shop_id, campaign_id, customer_id),
  check (status not in ('HELD', 'DROPPED', 'FAILED') or reason is not null)
);
create index exposure_due on exposure (shop_id, campaign_id, due_at) where status in ('DUE', 'HELD');
`
