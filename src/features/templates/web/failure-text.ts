import { useTranslation } from 'react-i18next';

const worded = [
  'whatsapp-132000',
  'whatsapp-132001',
  'whatsapp-132005',
  'whatsapp-132007',
  'whatsapp-132012',
  'whatsapp-132015',
  'whatsapp-132016',
  'whatsapp-132018',
] as const;

/** Why a message made of a template was not sent; null for other reasons. */
export function useTemplateFailureText(): (code: string | undefined) => string | null {
  const { t } = useTranslation('templates');
  return (code) => {
    const known = worded.find((each) => each === code);
    return known ? t(`failure.${known}`) : null;
  };
}
