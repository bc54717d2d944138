import { useTranslation } from 'react-i18next';

export function usePasswordWords(): { show: string; hide: string } {
  const { t } = useTranslation('accounts');
  return { show: t('fields.show-password'), hide: t('fields.hide-password') };
}
