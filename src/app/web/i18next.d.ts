import 'i18next';
import type { words } from './words/pt-br.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'platform';
    resources: typeof words;
  }
}
