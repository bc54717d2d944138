import { NotebookPen } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContentOf } from '../../../contract.ts';
import { Inset, Mark } from './parts.tsx';

/** What a form is called where nobody gave it a name. */
const unnamed = 'flow';

/** A form that was answered, field by field. */
export function FlowAnswers({
  content,
  children,
}: {
  content: ContentOf<'flow-reply'>;
  children: ReactNode;
}) {
  const { t } = useTranslation('content');
  const { t: kinds } = useTranslation('kinds');
  const words = (value: string | boolean): string =>
    typeof value === 'string' ? value : kinds(value ? 'answer.yes' : 'answer.no');
  return (
    <>
      <Mark icon={<NotebookPen />}>
        {t('reply.flow')}
        {content.name && content.name !== unnamed && ` · ${content.name}`}
      </Mark>
      {content.answers.length > 0 && (
        <Inset>
          <dl className="min-w-56 divide-y divide-hairline px-3 py-1">
            {content.answers.map(({ label, value }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: answers never move, and fields may be without a name
              <div key={at} className="py-1.5">
                {label && <dt className="text-meta text-ink-faint">{label}</dt>}
                <dd className="text-body whitespace-pre-wrap">{words(value) || '—'}</dd>
              </div>
            ))}
          </dl>
        </Inset>
      )}
      {children}
    </>
  );
}
