import { useTranslation } from 'react-i18next';
import { useTemplateFailureText } from '#features/templates/web/index.ts';
import { plainWords } from '#platform/shared/formatted-text.ts';
import type { Message, Withheld } from '../../contract.ts';
import { sentenceOf, shortCode } from '../../failures/contract.ts';
import { useFailureWords } from '../failures/failure-words.ts';
import { useVariantText } from './content/variant-text.ts';
import { isMediaKind } from './media/media-kinds.ts';

type Described = Pick<Message, 'type' | 'text'> & {
  direction?: Message['direction'];
  summary?: string | null;
  variant?: string | null;
  at?: string;
  isRevoked?: boolean;
  withheld?: Withheld;
  isMediaCovered?: boolean;
};

/** Their text says all that there is to say in one line. */
const speakForThemselves = new Set<Message['type']>(['button-reply', 'list-reply', 'interactive']);

const detailOf = (
  type: Message['type'],
  text: string | null,
  summary: string | null | undefined,
): string | null | undefined => {
  if (type === 'unsupported') return null;
  // What a form shows by itself is "Sent".
  return type === 'flow-reply' ? summary || text : text || summary;
};

/** One line for a list or a quotation: the text, else the kind in a word. */
export function usePreviewText(): (message: Described) => string {
  const { t } = useTranslation('conversations');
  const { t: withheldWords } = useTranslation('withheld');
  const { t: covers } = useTranslation('covers');
  const variantText = useVariantText();
  const wordsInstead = ({ type, isRevoked, direction, withheld, isMediaCovered }: Described) => {
    if (withheld) return withheldWords(`short.${withheld}`);
    if (isRevoked) return t(direction === 'out' ? 'message.revoked-by-us' : 'message.revoked');
    return isMediaCovered && isMediaKind(type) ? covers(`hidden.${type}`) : null;
  };
  const said = (message: Described): string => {
    const { type, summary } = message;
    const text = message.text && plainWords(message.text);
    // Empty where one knows only that there was a text (`kindOnly`).
    if (type === 'text') return text === null ? t('message.revoked') : text || t('kind.text');
    if (text && speakForThemselves.has(type)) return text;
    const more = detailOf(type, text, summary);
    return variantText(message) ?? (more ? `${t(`kind.${type}`)}: ${more}` : t(`kind.${type}`));
  };
  return (message) => wordsInstead(message) ?? said(message);
}

const worded = [
  'contact-blocked',
  'contact-split',
  'window-closed',
  'text-too-long',
  'whatsapp-130403',
  'whatsapp-131026',
  'whatsapp-131047',
  'whatsapp-131049',
  'whatsapp-131051',
  'whatsapp-131056',
  'whatsapp-130429',
  'whatsapp-131048',
  'whatsapp-131031',
  'whatsapp-131042',
  'whatsapp-131045',
  'whatsapp-190',
  'channel-not-connected',
] as const;

/** Why a message was not sent, in the words a person would say. */
export function useFailureText(): (code: string | undefined) => string {
  const { t } = useTranslation('conversations');
  const { t: more } = useTranslation('failures');
  const areMoreHere = useFailureWords().state === 'ready';
  const templateFailure = useTemplateFailureText();
  return (code) => {
    const ofTemplate = templateFailure(code);
    if (ofTemplate) return ofTemplate;
    const known = worded.find((each) => each === code);
    if (known) return t(`failure.${known}`);
    if (!code || !areMoreHere) return t('failure.other');
    const sentence = sentenceOf(code);
    return sentence ? more(sentence) : more('coded', { code: shortCode(code) });
  };
}

type Activity = NonNullable<Message['activity']>;

/** The sentence of an activity line; without a name it is told without a doer. */
export function useActivityText(): (activity: Activity) => string {
  const { t } = useTranslation('conversations');
  const assigned = (by: string | null, name: string): string => {
    if (by === name) return t('activity.taken', { name });
    return by ? t('activity.assigned', { by, name }) : t('activity.assigned-unknown', { name });
  };
  const returned = (by: string | null): string =>
    by ? t('activity.returned-to-queue', { by }) : t('activity.returned-unknown');
  return ({ event, byName: by, toName: name }) => {
    switch (event) {
      case 'assigned':
        return name ? assigned(by, name) : returned(by);
      case 'returned-to-queue':
        return returned(by);
      case 'resolved':
      case 'reopened':
        return by ? t(`activity.${event}`, { by }) : t(`activity.${event}-unknown`);
      case 'number-changed':
      case 'block-ended':
        return t(`activity.${event}`);
    }
  };
}

/** Who wrote an outgoing message, when it was not the person at this screen. */
export function useAuthorText(): (message: Message, myName: string) => string | null {
  const { t } = useTranslation('conversations');
  return ({ author }, myName) => {
    if (!author) return null;
    switch (author.kind) {
      case 'member':
        return author.name === myName ? null : author.name;
      case 'api-key':
        return t('message.api-key', { name: author.name ?? '' });
      case 'system':
        return t('message.system');
      case 'phone-app':
        return t('message.phone-app');
    }
  };
}
