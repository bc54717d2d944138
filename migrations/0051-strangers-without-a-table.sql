-- Whoever has the secret of one app could fill it with invented numbers, and nobody read it: how many came, and the newest, is
-- in whatsapp_health beside the number whose secret signed them.
drop table whatsapp_unknown_number;
