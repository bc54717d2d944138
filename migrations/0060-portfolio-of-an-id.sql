-- WhatsApp gives a person one business-scoped id in each business portfolio, the same for all numbers of it
-- (docs/whatsapp-cloud-api.md 6): two ids of one portfolio are two people, of two portfolios they may be one.

-- Null: not known. WhatsApp tells it of the business account.
alter table channel add column portfolio_id text check (length(portfolio_id) between 1 and 64);

-- The portfolio whose numbers see this id; null: not known, and of everything but a business-scoped id.
alter table contact_identity add column portfolio_id text check (portfolio_id is null or kind = 'bsuid');
