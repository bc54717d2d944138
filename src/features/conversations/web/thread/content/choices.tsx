import { List, Reply } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContentOf } from '../../../contract.ts';

interface AroundProps {
  header: string | null;
  footer: string | null;
  children: ReactNode;
}

/** Header, text and footer as WhatsApp sets them. */
export const Around = ({ header, footer, children }: AroundProps) => (
  <>
    {header && <p className="mb-0.5 font-semibold">{header}</p>}
    {children}
    {footer && <p className="mt-0.5 text-preview text-ink-faint">{footer}</p>}
  </>
);

const row =
  'flex min-h-9 items-center justify-center gap-1.5 px-3 py-1.5 text-center text-body font-medium text-accent-ink [&_svg]:size-4 [&_svg]:shrink-0';

/** What the person sees below the text and may press; here it is only shown. */
export const ButtonRows = ({ buttons }: { buttons: readonly { title: string }[] }) =>
  buttons.length > 0 && (
    <ul className="-mx-3 mt-1.5 -mb-2 divide-y divide-hairline border-t border-hairline">
      {buttons.map(({ title }) => (
        <li key={title} className={row}>
          <Reply aria-hidden="true" />
          {title}
        </li>
      ))}
    </ul>
  );

/** The button that opens the list, and what is in it. */
export function ListRows({ content }: { content: ContentOf<'list'> }) {
  const { t } = useTranslation('content');
  const count = content.sections.reduce((sum, { rows }) => sum + rows.length, 0);
  return (
    <details className="-mx-3 mt-1.5 -mb-2 border-t border-hairline">
      <summary className={`${row} cursor-pointer list-none rounded-b-bubble hover:bg-hover`}>
        <List aria-hidden="true" />
        {content.button}
        <span className="font-normal text-ink-faint">· {t('list.rows', { count })}</span>
      </summary>
      <div className="border-t border-hairline px-3 py-2">
        {content.sections.map((section, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sections never move, and may have no title
          <section key={at} className="py-1">
            {section.title && (
              <p className="text-meta font-medium text-ink-faint">{section.title}</p>
            )}
            <ul>
              {section.rows.map(({ title, description }) => (
                <li key={title} className="py-1 text-body">
                  {title}
                  {description && (
                    <span className="block text-preview text-ink-soft">{description}</span>
                  )}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </details>
  );
}
