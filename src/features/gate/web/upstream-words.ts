import { useTranslation } from 'react-i18next';
import { formatPhone } from '#platform/web/phone.ts';
import type { BlockDifference, UpstreamOnChannel } from '../contract.ts';
import { upstreamSentenceOf } from '../upstream/contract.ts';

/** What a code means, in a sentence a person would say. */
export function useCodeWords(): (code: string) => string {
  const { t } = useTranslation('upstream');
  return (code) => {
    const short = code.replace(/^whatsapp-(http-)?/, '');
    return t(`why.${upstreamSentenceOf(code) ?? 'other'}`, { code: short });
  };
}

/** Why the layer is not applied on a number; null where the state says it all. */
export function useWhyWords(): (on: Pick<UpstreamOnChannel, 'state' | 'code'>) => string | null {
  const { t } = useTranslation('upstream');
  const codeWords = useCodeWords();
  return ({ state, code }) => {
    switch (state) {
      case 'waiting-for-message':
      case 'list-full':
      case 'not-supported':
        return t(`why.${state}`);
      case 'failed':
        return code && codeWords(code);
      default:
        return null;
    }
  };
}

/** Who it is, as far as anybody knows. */
export function useDifferenceName(): (item: BlockDifference) => string {
  const { t } = useTranslation('upstream');
  return ({ contactName, phone, userId }) =>
    contactName ?? (phone ? formatPhone(phone) : (userId ?? t('list.unknown')));
}
