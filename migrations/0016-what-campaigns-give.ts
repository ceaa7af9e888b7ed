import { Migration } from '@mikro-orm/migrations'

/**
 * What came of the things that a campaign gives, to whom, each once; and what happened on site. Both are found by the customer, and by
 * the campaign.
 */
export class WhatCampaignsGive extends Migration {
  override up(): void {
    for (const statement of [GIVE, GIVEN, EVENT].flatMap((text) => text.split(/;\n/))) if (statement.trim() !== '') this.addSql(statement)
  }
}

// owes_gifts: somebody joined who was not given everything yet. A private link has items of its own, and is of no offer.
const GIVE = `
alter table campaign add column owes_gifts boolean not null default false;
alter table campaign_give alter column offer_code drop not null;
alter table campaign_give add constraint campaign_give_what check ((given_as = 'LINK') = (offer_code is null))
`

// give: the number of campaign_give. sealed: the token of the link, encrypted under a key that is not in the database.
const GIVEN = `
create table campaign_given (
  shop_id integer not null,
  campaign_id uuid not null,
  give smallint not null check (give between 1 and 20),
  customer_id uuid not null,
  given_at timestamptz not null,
  coupon_ids uuid[] not null default '{}',
  link_id uuid,
  sealed bytea,
  primary key (shop_id, campaign_id, give, customer_id),
  foreign key (shop_id, campaign_id) references campaign (shop_id, id),
  foreign key (shop_id, customer_id) references customer (shop_id, id),
  check ((link_id is null) = (sealed is null))
);
create index campaign_given_customer on campaign_given (shop_id, customer_id);
`

// The first of its kind on a day of the shop's: a browser that tells of it again tells nothing new.
const EVENT = `
create table campaign_event (
  shop_id integer not null,
  campaign_id uuid not null,
  customer_id uuid not null,
  kind text not null check (kind in ('SEEN', 'CLICKED', 'DISMISSED')),
  day date not null,
  at timestamptz not null,
  primary key (shop_id, customer_id, campaign_id, kind, day),
  foreign key (shop_id, campaign_id) references campaign (shop_id, id),
  foreign key (shop_id, customer_id) references customer (shop_id, id)
);
create index campaign_event_campaign on campaign_event (shop_id, campaign_id, kind);
`
