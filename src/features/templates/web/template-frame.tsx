import {
  Copy,
  ExternalLink,
  FileText,
  Image,
  MapPin,
  Phone,
  Reply,
  SquareDashed,
  Video,
} from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SentTemplate } from '../contract.ts';

type Button = SentTemplate['buttons'][number];

const buttonIcons: Record<Button['kind'], ReactElement> = {
  'quick-reply': <Reply />,
  url: <ExternalLink />,
  phone: <Phone />,
  'copy-code': <Copy />,
  other: <SquareDashed />,
};

type FileKind = 'image' | 'video' | 'document' | 'location';

const fileIcons: Record<FileKind, ReactElement> = {
  image: <Image />,
  video: <Video />,
  document: <FileText />,
  location: <MapPin />,
};

/** What surrounds the body of a template: its header above, footer and buttons below, as the person sees them. */
export function TemplateFrame({
  template,
  file,
  children,
}: {
  template: Pick<SentTemplate, 'header' | 'footer' | 'buttons'>;
  /** In place of the plain box for the file of the header: the file itself, or its name. */
  file?: ReactNode;
  /** The body. */
  children: ReactNode;
}) {
  const { header, footer, buttons } = template;
  return (
    <>
      {header.kind === 'text' && (
        <span className="mb-1 block font-semibold" data-testid="template-header">
          {header.text}
        </span>
      )}
      {header.kind !== 'text' && header.kind !== 'none' && (file ?? <HeaderBox header={header} />)}
      {children}
      {footer && <span className="mt-1 block text-preview text-ink-soft">{footer}</span>}
      {buttons.length > 0 && <ButtonList buttons={buttons} />}
    </>
  );
}

function HeaderBox({ header }: { header: SentTemplate['header'] }) {
  const { t } = useTranslation('templates');
  if (header.kind === 'none' || header.kind === 'text') return null;
  const place = header.location?.name ?? header.location?.address;
  return (
    <span className="mb-1.5 flex min-h-16 items-center justify-center gap-2 rounded-control bg-hover px-3 py-2 text-body text-ink-soft">
      <span aria-hidden="true" className="inline-flex">
        {fileIcons[header.kind]}
      </span>
      <span className="min-w-0">{place ?? t(`header.${header.kind}`)}</span>
    </span>
  );
}

/** Not to be pressed here: they are the person's. */
function ButtonList({ buttons }: { buttons: readonly Button[] }) {
  const { t } = useTranslation('templates');
  return (
    <span className="clear-both -mx-3 mt-2 -mb-2 block border-t border-hairline">
      <span className="sr-only">{t('buttons')}</span>
      {buttons.map((button, place) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a button is its place
          key={place}
          {...(button.url && { title: button.url })}
          className="flex items-center justify-center gap-1.5 border-hairline px-3 py-2 text-body font-medium text-accent-ink not-first:border-t [&_svg]:size-4"
        >
          <span aria-hidden="true" className="inline-flex">
            {buttonIcons[button.kind]}
          </span>
          <span className="min-w-0 truncate">{button.text}</span>
        </span>
      ))}
    </span>
  );
}
