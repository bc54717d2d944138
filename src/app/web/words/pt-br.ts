import { ptBR as accounts } from '#features/accounts/web/locales/pt-br.ts';
import { ptBR as contacts } from '#features/contacts/web/locales/pt-br.ts';
import { ptBR as content } from '#features/conversations/web/locales/content-pt-br.ts';
import { ptBR as kinds } from '#features/conversations/web/locales/kinds-pt-br.ts';
import { ptBR as conversations } from '#features/conversations/web/locales/pt-br.ts';
import { ptBR as retention } from '#features/conversations/web/locales/retention-pt-br.ts';
import { ptBR as withheld } from '#features/conversations/web/locales/withheld-pt-br.ts';
import { ptBR as gate } from '#features/gate/web/locales/pt-br.ts';
import { ptBR as requests } from '#features/gate/web/locales/requests-pt-br.ts';
import { ptBR as upstream } from '#features/gate/web/locales/upstream-pt-br.ts';
import { ptBR as covers } from '#features/media/web/locales/covers-pt-br.ts';
import { ptBR as media } from '#features/media/web/locales/pt-br.ts';
import { ptBR as removalsNotice } from '#features/removals/web/locales/notice-pt-br.ts';
import { ptBR as templates } from '#features/templates/web/locales/pt-br.ts';
import { ptBR as platform } from '#platform/web/locales/pt-br.ts';
import { ptBR as shell } from '../locales/pt-br.ts';

/** Every word of the screens in one language: one chunk, fetched when the language is asked for. */
export const words = {
  platform,
  shell,
  accounts,
  contacts,
  gate,
  requests,
  upstream,
  media,
  covers,
  'removals-notice': removalsNotice,
  templates,
  content,
  conversations,
  kinds,
  retention,
  withheld,
};
