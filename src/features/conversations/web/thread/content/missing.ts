import { useTranslation } from 'react-i18next';
import type { ContentOf } from '../../../contract.ts';

type Unsupported = Pick<ContentOf<'unsupported'>, 'type' | 'code'>;

/** WhatsApp's own words for what it does not hand on (docs/whatsapp-cloud-api.md, 4.5). */
const named = [
  'button',
  'edit',
  'errors',
  'gif',
  'group_invite',
  'hsm',
  'image',
  'interactive',
  'keep_in_chat',
  'link_preview',
  'list',
  'location',
  'media_placeholder',
  'order',
  'pin',
  'poll_creation',
  'poll_update',
  'product',
  'reaction',
] as const;
type Missing = (typeof named)[number] | 'unavailable' | 'file';

const withHint = [
  'edit',
  'pin',
  'keep_in_chat',
  'reaction',
  'poll_update',
  'unavailable',
  'file',
] as const;

/** What is said by its code; 131051 says of every kind alike that it is not handed on. */
const byCode: Readonly<Record<number, Missing>> = { 131060: 'unavailable', 131052: 'file' };

const missingOf = ({ type, code }: Unsupported): Missing | undefined =>
  (code === null ? undefined : byCode[code]) ?? named.find((one) => one === type);

/** What the person did that WhatsApp does not hand on, and what to make of it; nothing for what nobody has words for. */
export function useMissingText(): (of: Unsupported) => { what: string; hint: string } | undefined {
  const { t } = useTranslation('kinds');
  return (of) => {
    const missing = missingOf(of);
    if (missing === undefined) return undefined;
    const hint = withHint.find((one) => one === missing) ?? 'other';
    return { what: t(`missing.${missing}`), hint: t(`missing-hint.${hint}`) };
  };
}
