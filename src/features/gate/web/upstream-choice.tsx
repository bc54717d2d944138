import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { HelpLink } from '#platform/web/ui/help-link.tsx';

/** *Também bloquear no WhatsApp*, with the limit of it in one line. Our own block holds either way. */
export function UpstreamChoice({
  value,
  onChange,
}: {
  value: boolean;
  onChange: (value: boolean) => void;
}) {
  const { t } = useTranslation('upstream');
  const id = useId();
  return (
    <div className="grid grid-cols-[auto_1fr] gap-x-2.5">
      <input
        id={id}
        type="checkbox"
        checked={value}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-0.5 size-[18px]"
      />
      <label htmlFor={id} className="text-body font-medium">
        {t('checkbox')}
      </label>
      <p id={`${id}-hint`} className="col-start-2 text-meta text-ink-faint">
        {t('checkbox-hint')}
      </p>
      <HelpLink to="bloquear-contato#a-lista-do-proprio-whatsapp" className="col-start-2 text-meta">
        {t('about')}
      </HelpLink>
    </div>
  );
}
