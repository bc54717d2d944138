import { useTranslation } from 'react-i18next';
import type { Template } from '../contract.ts';

/** `pedido_enviado` as people say it. */
export const templateTitle = (name: string): string => {
  const words = name.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Language and category in words. */
export function useTemplateFacts(): (template: Pick<Template, 'language' | 'category'>) => string {
  const { t, i18n } = useTranslation('templates');
  const names = new Intl.DisplayNames([i18n.language], { type: 'language' });
  const nameOf = (code: string): string => {
    try {
      return names.of(code.replace('_', '-')) ?? code;
    } catch {
      return code;
    }
  };
  return ({ language, category }) => `${nameOf(language)} · ${t(`category.${category}`)}`;
}
