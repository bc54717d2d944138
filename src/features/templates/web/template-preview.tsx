import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormattedText } from '#platform/web/formatted-text.tsx';
import type { Template } from '../contract.ts';
import { TemplateFrame } from './template-frame.tsx';
import { previewOf, type Typed } from './template-values.ts';

/** The bubble as it will look. */
export function TemplatePreview({
  template,
  typed,
  file,
  contactName,
}: {
  template: Template;
  typed: Typed;
  file: File | null;
  contactName: string;
}) {
  const { t } = useTranslation('templates');
  const { shown, body } = previewOf(template, typed);
  return (
    <section
      aria-label={t('preview', { name: contactName })}
      className="self-start rounded-card bg-paper p-4"
    >
      <p className="mb-2 text-meta text-ink-faint">{t('preview', { name: contactName })}</p>
      <div className="ml-auto w-fit max-w-full rounded-bubble on-ours rounded-tr-small bg-bubble-ours px-3 py-2 text-message break-words [overflow-wrap:anywhere]">
        <TemplateFrame template={shown} {...(file && { file: <ChosenFile file={file} /> })}>
          <span className="block whitespace-pre-wrap" data-testid="template-preview">
            <FormattedText text={body} />
          </span>
        </TemplateFrame>
      </div>
    </section>
  );
}

function ChosenFile({ file }: { file: File }) {
  const address = usePicture(file);
  if (address) {
    return (
      <img src={address} alt="" className="mb-1.5 max-h-52 w-full rounded-control object-cover" />
    );
  }
  return (
    <span className="mb-1.5 block truncate rounded-control bg-hover px-3 py-2 text-body">
      {file.name}
    </span>
  );
}

/** The picture itself, from this computer. */
function usePicture(file: File): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!/^image\/(jpeg|png)$/.test(file.type)) {
      setAddress(null);
      return;
    }
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return address;
}
