import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Template } from '#features/templates/contract.ts';
import { plainWords } from '#platform/shared/formatted-text.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { SelectField } from '#platform/web/ui/field.tsx';
import { useReadyTemplates } from './api.ts';

interface TemplateOfferProps {
  channelId: string;
  isBusy: boolean;
  onSend: (template: Template) => void;
}

/** What may go to a phone that never wrote: an approved template without gaps. Nothing where there is none. */
export function TemplateOffer({ channelId, isBusy, onSend }: TemplateOfferProps) {
  const { t } = useTranslation('channels');
  const templates = useReadyTemplates(channelId).data ?? [];
  const [chosen, setChosen] = useState<string>();
  const template = templates.find(({ id }) => id === chosen) ?? templates[0];
  if (!template) return null;
  return (
    <div className="flex flex-col gap-3 border-t border-hairline pt-4">
      <SelectField
        label={t('test.template')}
        hint={<q className="line-clamp-3">{plainWords(template.body.text)}</q>}
        value={template.id}
        onChange={(event) => setChosen(event.target.value)}
      >
        {templates.map(({ id, name, language }) => (
          <option key={id} value={id}>
            {name} ({language})
          </option>
        ))}
      </SelectField>
      <div>
        <Button isBusy={isBusy} onClick={() => onSend(template)}>
          {t('test.send-template')}
        </Button>
      </div>
    </div>
  );
}
