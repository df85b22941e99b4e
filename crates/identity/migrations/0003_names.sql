-- A name under each of its words: "Hoàng Thị Mai Sương" stands under "hoang thi mai suong",
-- "thi mai suong", "mai suong" and "suong". As bytes, so that every engine in every collation has
-- them in one order.
drop index party_name;
create table party_name (
    tenant text not null,
    suffix bytea not null,
    party_id uuid not null,
    primary key (tenant, suffix, party_id)
);
