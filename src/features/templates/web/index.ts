import { lazyPopup } from '#platform/web/ui/lazy-part.tsx';

export { useTemplateFailureText } from './failure-text.ts';
export { TemplateFrame } from './template-frame.tsx';

/** Fetched when first opened. */
export const SendTemplateDialog = lazyPopup(
  () => import('./send-template-dialog.tsx'),
  (file) => file.SendTemplateDialog,
);
