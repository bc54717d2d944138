import { useTranslation } from 'react-i18next';
import type { ContentOf } from '../../../contract.ts';
import { missingByCode } from '../../../missing/contract.ts';

type Unsupported = Pick<ContentOf<'unsupported'>, 'type' | 'code'>;

/** WhatsApp's own words for what it does not hand on (docs/whatsapp-cloud-api.md, 4.5), and two of ours by its code. */
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
  'unavailable',
  'file',
] as const;
type Missing = (typeof named)[number];

const withHint = [
  'edit',
  'pin',
  'keep_in_chat',
  'reaction',
  'poll_update',
  'unavailable',
  'file',
] as const;

/** 131051 says of every kind alike that it is not handed on. */
const missingOf = ({ type, code }: Unsupported): Missing | undefined =>
  (code === null ? undefined : missingByCode[code]) ?? named.find((one) => one === type);

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
