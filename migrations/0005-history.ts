import { Migration } from '@mikro-orm/migrations'

/**
 * What was in force when. Each version of the book says since when it is and what of settings and tiers changed with it;
 * each version of a rule, in which version of the book it came into force and in which it went. Publications that are set
 * for an instant wait beside the book, whose row says when the next is due.
 */
export class History extends Migration {
  override up(): void {
    for (const statement of [BOOK, PUBLICATION, RULE, STANDING, RESERVATION].flatMap((text) => text.split(/;\n/)))
      if (statement.trim() !== '') this.addSql(statement)
  }
}

const BOOK = `
alter table price_book add column next_publication_at timestamptz;
create table price_book_version (
  shop_id integer not null references price_book,
  version integer not null check (version > 0),
  since timestamptz not null,
  scheduled boolean not null default false,
  settings jsonb check (jsonb_typeof(settings) = 'object'),
  tiers jsonb check (jsonb_typeof(tiers) = 'array'),
  primary key (shop_id, version)
);
create index price_book_version_since on price_book_version (shop_id, since, version);
insert into price_book_version (shop_id, version, since, settings, tiers)
  select b.shop_id, b.version, date_trunc('milliseconds', now()),
         jsonb_build_object('currency', s.currency, 'timeZone', s.time_zone, 'rounding', s.rounding, 'maxDiscountBp', s.max_discount_bp),
         (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'code', t.code, 'name', t.name, 'rank', t.rank) order by t.rank), '[]')
          from tier t where t.shop_id = b.shop_id)
  from price_book b join shop s on s.id = b.shop_id;
`

const PUBLICATION = `
create table scheduled_publication (
  shop_id integer not null references price_book,
  id uuid not null,
  effective_at timestamptz not null,
  state text not null check (state in ('SCHEDULED', 'APPLIED', 'FAILED', 'CANCELLED')),
  rules jsonb not null check (jsonb_typeof(rules) = 'array'),
  scheduled_at timestamptz not null,
  scheduled_in integer not null,
  settled_at timestamptz,
  book_version integer,
  problem text,
  primary key (shop_id, id),
  check ((state = 'SCHEDULED') = (settled_at is null)),
  check ((state = 'APPLIED') = (book_version is not null)),
  check ((state = 'FAILED') = (problem is not null))
);
create index scheduled_publication_due on scheduled_publication (shop_id, effective_at, id) where state = 'SCHEDULED';
`

const RULE = `
alter table rule_version
  add column published_in integer,
  add column ended_in integer,
  add column publication_id uuid,
  drop constraint rule_version_state_check,
  drop constraint rule_version_check,
  add constraint rule_version_state_check check (state in ('DRAFT', 'SCHEDULED', 'PUBLISHED', 'SUPERSEDED')),
  add constraint rule_version_published check ((state in ('DRAFT', 'SCHEDULED')) = (published_at is null)),
  add constraint rule_version_scheduled check (state <> 'SCHEDULED' or publication_id is not null),
  add constraint rule_version_ended check (ended_in is null or state = 'SUPERSEDED'),
  add foreign key (shop_id, publication_id) references scheduled_publication (shop_id, id);
update rule_version v set published_in = b.version from price_book b where b.shop_id = v.shop_id and v.state = 'PUBLISHED';
create index rule_version_publication on rule_version (shop_id, publication_id) where publication_id is not null;
create index rule_version_in_force on rule_version (shop_id, published_in) where published_in is not null;
`

const STANDING = `
create table tier_history (
  shop_id integer not null references shop,
  holder text not null check (holder in ('CUSTOMER', 'COMPANY')),
  holder_id uuid not null,
  since timestamptz not null,
  tier_id uuid,
  pin_tier_id uuid,
  pinned_until timestamptz,
  primary key (shop_id, holder_id, since),
  check (pinned_until is null or pin_tier_id is not null)
);
insert into tier_history (shop_id, holder, holder_id, since, tier_id, pin_tier_id, pinned_until)
  select shop_id, 'CUSTOMER', id, created_at, tier_id, pin_tier_id, pinned_until from customer
  where tier_id is not null or pin_tier_id is not null
  union all
  select shop_id, 'COMPANY', id, created_at, tier_id, pin_tier_id, pinned_until from company
  where tier_id is not null or pin_tier_id is not null;
`

const RESERVATION = `
alter table reservation add column trace jsonb check (jsonb_typeof(trace) = 'object')
`
