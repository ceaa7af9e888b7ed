import { Migration } from '@mikro-orm/migrations'

/**
 * Segments and who is in them; tags that come and go by a rule; which customers changed, for whoever follows them; and
 * what was done on which day of a shop's.
 */
export class Segments extends Migration {
  override up(): void {
    for (const statement of [CHANGE, SEGMENT, TAG_RULE, DAILY].flatMap((text) => text.split(/;\n/)))
      if (statement.trim() !== '') this.addSql(statement)
  }
}

// Without a customer: too many to name. It refers to nothing, so that whoever writes here waits for nobody.
const CHANGE = `
create table customer_change (
  shop_id integer not null,
  id uuid not null,
  customer_id uuid,
  primary key (shop_id, id)
);
`

const SEGMENT = `
create table segment (
  shop_id integer not null references shop,
  id uuid not null,
  code text collate "C" not null check (code <> ''),
  name text not null,
  query text not null check (query <> ''),
  updated_at timestamptz not null,
  refreshed_at timestamptz,
  primary key (shop_id, id),
  unique (shop_id, code)
);
create table segment_version (
  shop_id integer not null references shop,
  code text collate "C" not null,
  book_version integer not null,
  query text,
  primary key (shop_id, code, book_version),
  foreign key (shop_id, book_version) references price_book_version (shop_id, version)
);
create table segment_member (
  shop_id integer not null,
  segment_id uuid not null,
  customer_id uuid not null,
  since timestamptz not null,
  primary key (shop_id, segment_id, customer_id),
  foreign key (shop_id, segment_id) references segment (shop_id, id) on delete cascade,
  foreign key (shop_id, customer_id) references customer (shop_id, id)
);
create index segment_member_customer on segment_member (shop_id, customer_id);
create table segment_event (
  shop_id integer not null,
  segment_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  kind text not null check (kind in ('ENTERED', 'LEFT')),
  at timestamptz not null,
  primary key (shop_id, segment_id, id),
  foreign key (shop_id, segment_id) references segment (shop_id, id) on delete cascade,
  foreign key (shop_id, customer_id) references customer (shop_id, id)
);
create index segment_event_customer on segment_event (shop_id, customer_id);
`

const TAG_RULE = `
create table tag_rule (
  shop_id integer not null references shop,
  tag_key text collate "C" not null check (tag_key <> ''),
  tag text not null,
  query text not null check (query <> ''),
  updated_at timestamptz not null,
  applied_at timestamptz,
  primary key (shop_id, tag_key)
);
alter table customer_tag add column by_hand boolean not null default true;
alter table customer_tag add column by_rule boolean not null default false;
alter table customer_tag add constraint customer_tag_held check (by_hand or by_rule);
create index customer_tag_by_rule on customer_tag (shop_id, tag_key, customer_id) where by_rule;
`

const DAILY = `
create table daily_run (
  shop_id integer not null references shop,
  job text not null check (job <> ''),
  day date not null,
  at timestamptz not null,
  primary key (shop_id, job, day)
);
`
