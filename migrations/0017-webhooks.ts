import { Migration } from '@mikro-orm/migrations'

/**
 * What happened, for whoever subscribed to it. Triggers on the tables that are the truth of it write it down in the same transaction,
 * whoever it was that wrote there; where nobody subscribed they ask one short question and write nothing (decision 0028).
 */
export class Webhooks extends Migration {
  override up(): void {
    for (const statement of [...SUBSCRIPTION, ...EVENT, ...DELIVERY, ...CUSTOMERS, ...RULES, ...SALES, ...ALARMS]) this.addSql(statement)
  }
}

// sealed: the secret that signs, encrypted under a key that is not in the database; sealed_before: the one before, until it ends.
const SUBSCRIPTION = [
  `create table webhook_subscription (
  shop_id integer not null references shop,
  id uuid not null,
  code text collate "C" not null check (code <> ''),
  url text not null,
  topics text[] not null check (cardinality(topics) > 0),
  description text,
  enabled boolean not null,
  sealed bytea not null,
  sealed_before bytea,
  before_until timestamptz,
  failures integer not null default 0 check (failures >= 0),
  held_until timestamptz,
  fault text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (shop_id, id),
  unique (shop_id, code),
  check ((sealed_before is null) = (before_until is null))
)`,
  `create function webhook_wanted(of_shop integer, wanted text[]) returns boolean language sql stable as $$
  select exists (select from webhook_subscription s where s.shop_id = of_shop and s.enabled and s.topics && wanted)
$$`,
]

// lane: what it is about, a customer or else the thing itself; events of one lane are sent one after another. seq: in which order they
// were written. Who a customer is stands in their own row and is read when the event is sent. It refers to nothing: nobody waits for it.
const EVENT = [
  `create table webhook_event (
  shop_id integer not null,
  seq bigint not null generated always as identity,
  id uuid not null default gen_random_uuid(),
  topic text not null,
  lane uuid not null,
  customer_id uuid,
  into_id uuid,
  at timestamptz not null,
  written_at timestamptz not null default clock_timestamp(),
  data json not null check (json_typeof(data) = 'object'),
  primary key (shop_id, seq),
  unique (shop_id, id)
)`,
  'create index webhook_event_lane on webhook_event (shop_id, lane)',
  'create index webhook_event_into on webhook_event (shop_id, into_id) where into_id is not null',
  'create index webhook_event_age on webhook_event (shop_id, written_at)',
  `create function webhook_time(at timestamptz) returns text language sql immutable as $$
  select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$`,
]

// It does not refer to its subscription: all checkouts of a shop would write to that one row to hold it.
// due_at: when it is sent, or sent again; while somebody has it, when it is anybody's again. Not after give_up_at.
const DELIVERY = [
  `create table webhook_delivery (
  shop_id integer not null,
  seq bigint not null,
  subscription_id uuid not null,
  lane uuid not null,
  status text not null default 'WAITING' check (status in ('WAITING', 'DELIVERED', 'DEAD')),
  attempts integer not null default 0 check (attempts >= 0),
  due_at timestamptz not null,
  give_up_at timestamptz not null,
  claim_id uuid,
  tried_at timestamptz,
  answered integer,
  fault text,
  delivered_at timestamptz,
  primary key (shop_id, seq, subscription_id),
  foreign key (shop_id, seq) references webhook_event (shop_id, seq) on delete cascade,
  check ((status = 'DELIVERED') = (delivered_at is not null))
)`,
  "create index webhook_delivery_due on webhook_delivery (shop_id, subscription_id, due_at, seq) where status = 'WAITING'",
  "create index webhook_delivery_lane on webhook_delivery (shop_id, subscription_id, lane, seq) where status = 'WAITING'",
  'create index webhook_delivery_list on webhook_delivery (shop_id, subscription_id, seq)',
  "create index webhook_delivery_dead on webhook_delivery (shop_id, subscription_id, seq) where status = 'DEAD'",
  `create function webhook_fan_out() returns trigger language plpgsql as $$
begin
  insert into webhook_delivery (shop_id, seq, subscription_id, lane, due_at, give_up_at)
  select e.shop_id, e.seq, s.id, e.lane, e.written_at, e.written_at + interval '3 days'
  from made e join webhook_subscription s on s.shop_id = e.shop_id and s.enabled and e.topic = any(s.topics);
  return null;
end $$`,
  trigger('webhook_event', 'webhook_fan_out'),
]

/** After each statement that inserts rows, whose rows are `made`. */
function trigger(table: string, does: string): string {
  return `create trigger ${does} after insert on ${table} referencing new table as made for each statement execute function ${does}()`
}

/** After each row that is changed in this way: nothing is asked of the others. */
function triggerWhen(table: string, does: string, when: string, name = does): string {
  return `create trigger ${name} after update on ${table} for each row when (${when}) execute function ${does}()`
}

/** The tier that a row of the history gave its holder, at the instant `at`. */
const tierAt = (row: string, at: string) =>
  `case when ${row}.pin_tier_id is not null and coalesce(${row}.pinned_until > ${at}, true) then ${row}.pin_tier_id else ${row}.tier_id end`

const TIERS = `'tier', case when t.id is not null then json_build_object('code', t.code) end,
      'before', case when b.id is not null then json_build_object('code', b.code) end`

/** One event, where somebody subscribed to it, with the columns of `new`. */
const tellOne = (topic: string, columns: string, from: string) => `
  if webhook_wanted(new.shop_id, array[${topic}]) then
    insert into webhook_event (shop_id, topic, lane, customer_id, into_id, at, data) select new.shop_id, ${topic}, ${columns} ${from};
  end if;
  return null;`

const CUSTOMERS = [
  `create function webhook_tier_changed() returns trigger language plpgsql as $$
begin
  if not webhook_wanted((select shop_id from made limit 1), '{customer.tier_changed,company.tier_changed}') then return null; end if;
  insert into webhook_event (shop_id, topic, lane, customer_id, at, data)
  select n.shop_id, case n.holder when 'CUSTOMER' then 'customer.tier_changed' else 'company.tier_changed' end, n.holder_id,
    case n.holder when 'CUSTOMER' then n.holder_id end, n.since,
    case n.holder when 'CUSTOMER' then json_build_object(${TIERS}, 'how', n.how)
      else json_build_object('company', json_build_object('id', p.id, 'externalId', p.external_id), ${TIERS}, 'how', n.how) end
  from made n
  left join lateral (
    select ${tierAt('h', 'n.since')} as tier_id from tier_history h
    where h.shop_id = n.shop_id and h.holder_id = n.holder_id and h.since < n.since order by h.since desc limit 1) last on true
  left join tier t on t.shop_id = n.shop_id and t.id = ${tierAt('n', 'n.since')}
  left join tier b on b.shop_id = n.shop_id and b.id = last.tier_id
  left join company p on n.holder = 'COMPANY' and p.shop_id = n.shop_id and p.id = n.holder_id
  where t.id is distinct from b.id
  order by n.holder_id;
  return null;
end $$`,
  trigger('tier_history', 'webhook_tier_changed'),
  `create function webhook_segment_moved() returns trigger language plpgsql as $$
begin
  if not webhook_wanted((select shop_id from made limit 1), '{segment.entered,segment.left}') then return null; end if;
  insert into webhook_event (shop_id, topic, lane, customer_id, at, data)
  select n.shop_id, 'segment.' || lower(n.kind), n.customer_id, n.customer_id, n.at,
    json_build_object('segment', json_build_object('code', g.code))
  from made n join segment g on g.shop_id = n.shop_id and g.id = n.segment_id
  order by n.customer_id, g.code;
  return null;
end $$`,
  trigger('segment_event', 'webhook_segment_moved'),
  `create function webhook_merged() returns trigger language plpgsql as $$
begin${tellOne("case when tg_op = 'INSERT' then 'customer.merged' else 'customer.unmerged' end", "new.from_id, new.from_id, new.into_id, coalesce(new.undone_at, new.at), '{}'", '')}
end $$`,
  'create trigger webhook_merged after insert on customer_merge for each row execute function webhook_merged()',
  triggerWhen('customer_merge', 'webhook_merged', 'old.undone_at is null and new.undone_at is not null', 'webhook_unmerged'),
  // Each erasure leaves its trace, in its transaction; there is no other row that says so.
  `create function webhook_erased() returns trigger language plpgsql as $$
begin${tellOne("'customer.erased'", "substr(new.target, 10)::uuid, substr(new.target, 10)::uuid, null, new.at, '{}'", '')}
end $$`,
  `create trigger webhook_erased after insert on audit_entry for each row
  when (new.action = 'eraseCustomer' and new.target like 'customer/%') execute function webhook_erased()`,
]

const RULES = [
  `create function webhook_rule_published() returns trigger language plpgsql as $$
begin${tellOne(
    "(select lower(r.kind) || '.published' from rule r where r.shop_id = new.shop_id and r.id = new.rule_id)",
    `r.id, null, null, new.published_at, json_build_object(lower(r.kind), json_build_object('code', r.code, 'version', new.version), 'bookVersion', new.published_in)`,
    'from rule r where r.shop_id = new.shop_id and r.id = new.rule_id',
  )}
end $$`,
  triggerWhen('rule_version', 'webhook_rule_published', "old.state <> 'PUBLISHED' and new.state = 'PUBLISHED'"),
  `create function webhook_rule_retired() returns trigger language plpgsql as $$
begin${tellOne(
    "lower(new.kind) || '.retired'",
    `new.id, null, null, v.ended_at, json_build_object(lower(new.kind), json_build_object('code', new.code, 'version', v.version), 'bookVersion', v.ended_in)`,
    `from rule_version v where v.shop_id = new.shop_id and v.rule_id = new.id and v.ended_in is not null order by v.ended_in desc limit 1`,
  )}
end $$`,
  triggerWhen('rule', 'webhook_rule_retired', "old.status = 'PUBLISHED' and new.status <> 'PUBLISHED'"),
]

const COUPON = `json_build_object('coupon', json_build_object('id', n.id, 'code', n.code, 'offerCode', r.code, 'validUntil', webhook_time(n.valid_until)))`
const ORDER = (row: string) =>
  `json_build_object('externalId', ${row}.external_id, 'status', ${row}.status, 'total', ${row}.total, 'placedAt', webhook_time(${row}.placed_at), 'channel', ${row}.channel)`

const SALES = [
  `create function webhook_coupon_issued() returns trigger language plpgsql as $$
begin
  if not webhook_wanted((select shop_id from made limit 1), '{coupon.issued}') then return null; end if;
  insert into webhook_event (shop_id, topic, lane, customer_id, at, data)
  select n.shop_id, 'coupon.issued', n.customer_id, n.customer_id, n.issued_at, ${COUPON}
  from made n join rule r on r.shop_id = n.shop_id and r.id = n.rule_id where n.customer_id is not null
  order by n.id;
  return null;
end $$`,
  trigger('coupon', 'webhook_coupon_issued'),
  // A code of a batch that a customer takes.
  `create function webhook_coupon_taken() returns trigger language plpgsql as $$
declare n coupon := new;
begin${tellOne("'coupon.issued'", `n.customer_id, n.customer_id, null, clock_timestamp(), ${COUPON}`, 'from rule r where r.shop_id = n.shop_id and r.id = n.rule_id')}
end $$`,
  triggerWhen('coupon', 'webhook_coupon_taken', 'old.customer_id is null and new.customer_id is not null'),
  `create function webhook_reservation_expired() returns trigger language plpgsql as $$
begin${tellOne(
    "'reservation.expired'",
    "coalesce(new.customer_id, new.id), new.customer_id, null, new.expires_at, json_build_object('reservation', json_build_object('id', new.id, 'reservedAt', webhook_time(new.reserved_at), 'expiresAt', webhook_time(new.expires_at)))",
    '',
  )}
end $$`,
  triggerWhen('reservation', 'webhook_reservation_expired', "old.status = 'HELD' and new.status = 'EXPIRED'"),
  `create function webhook_link_used() returns trigger language plpgsql as $$
begin${tellOne(
    "'link.used'",
    "coalesce(v.customer_id, new.link_id), v.customer_id, null, coalesce(v.ended_at, clock_timestamp()), json_build_object('link', json_build_object('id', new.link_id), 'order', (select json_build_object('externalId', o.external_id) from shop_order o where o.shop_id = v.shop_id and o.id = v.order_id))",
    'from reservation v where v.shop_id = new.shop_id and v.id = new.reservation_id',
  )}
end $$`,
  triggerWhen('link_use', 'webhook_link_used', "old.state <> 'USED' and new.state = 'USED'"),
  `create function webhook_order_recorded() returns trigger language plpgsql as $$
begin
  if not webhook_wanted((select shop_id from made limit 1), '{order.recorded}') then return null; end if;
  insert into webhook_event (shop_id, topic, lane, customer_id, at, data)
  select n.shop_id, 'order.recorded', coalesce(n.customer_id, n.id), n.customer_id, n.recorded_at, json_build_object('order', ${ORDER('n')})
  from made n order by n.placed_at, n.external_id;
  return null;
end $$`,
  trigger('shop_order', 'webhook_order_recorded'),
  `create function webhook_order_changed() returns trigger language plpgsql as $$
begin
  if not webhook_wanted((select shop_id from made limit 1), '{order.changed}') then return null; end if;
  insert into webhook_event (shop_id, topic, lane, customer_id, at, data)
  select n.shop_id, 'order.changed', coalesce(n.customer_id, n.id), n.customer_id, clock_timestamp(),
    json_build_object('order', ${ORDER('n')}, 'before', json_build_object('status', b.status, 'total', b.total))
  from made n join gone b on b.shop_id = n.shop_id and b.id = n.id
  where (n.status, n.total) is distinct from (b.status, b.total) order by n.placed_at, n.external_id;
  return null;
end $$`,
  `create trigger webhook_order_changed after update on shop_order referencing new table as made old table as gone
  for each statement execute function webhook_order_changed()`,
  `create function webhook_order_returned() returns trigger language plpgsql as $$
begin${tellOne(
    "'order.returned'",
    "coalesce(o.customer_id, o.id), o.customer_id, null, new.returned_at, json_build_object('return', json_build_object('externalId', new.external_id, 'amount', new.amount), 'order', json_build_object('externalId', o.external_id))",
    'from shop_order o where o.shop_id = new.shop_id and o.id = new.order_id',
  )}
end $$`,
  'create trigger webhook_order_returned after insert on order_return for each row execute function webhook_order_returned()',
]

const ALARMS = [
  `create function webhook_alarm() returns trigger language plpgsql as $$
begin${tellOne(
    "case when tg_op = 'INSERT' then 'alarm.raised' else 'alarm.cleared' end",
    "new.id, null, null, coalesce(new.cleared_at, new.raised_at), json_build_object('alarm', json_build_object('id', new.id, 'kind', new.kind, 'group', new.group_code, 'targetShare', trim_scale(new.target_bp / 100.0), 'direction', new.direction, 'customers', new.customers, 'ofCustomers', new.of_customers))",
    '',
  )}
end $$`,
  'create trigger webhook_alarm_raised after insert on group_alarm for each row execute function webhook_alarm()',
  triggerWhen('group_alarm', 'webhook_alarm', 'old.cleared_at is null and new.cleared_at is not null', 'webhook_alarm_cleared'),
]
