import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { TextField } from '#platform/web/ui/field.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { WhatsAppNumber } from '../contract.ts';
import { type NumberChange, useUpdate } from './api.ts';
import { NumberFields, noValues, usable, useValuesCheck } from './number-fields.tsx';
import { freshToken, newVerifyToken } from './number-state.ts';

const fields = ['accessToken', 'appSecret', 'wabaId'] as const;

/** Another name, token or secret; each checked as it is typed. */
export function AccessCard({ number }: { number: WhatsAppNumber }) {
  const { t } = useTranslation('channels');
  const [name, setName] = useState(number.name);
  const [values, setValues] = useState({ ...noValues, wabaId: number.wabaId ?? '' });
  const isLost = !number.hasReadableSecrets;
  const typed = { ...values, wabaId: values.wabaId === number.wabaId ? '' : values.wabaId };
  const checked = useValuesCheck(typed, number.id);
  const update = useUpdate(number.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given: NumberChange = { ...usable(typed) };
    if (name.trim() !== '' && name.trim() !== number.name) given.name = name.trim();
    const verifyToken = isLost && given.accessToken ? newVerifyToken() : undefined;
    if (verifyToken !== undefined) given.verifyToken = verifyToken;
    if (Object.keys(given).length === 0 || update.isPending) return;
    update.mutate(given, {
      onSuccess: (after) => {
        if (verifyToken !== undefined) freshToken.keep(number.id, verifyToken);
        setValues({ ...noValues, wabaId: after.wabaId ?? '' });
        setName(after.name);
        showToast(t('access.saved'));
      },
    });
  };
  return (
    <Card
      title={t('access.title')}
      description={t(isLost ? 'access.lead-unreadable' : 'access.lead')}
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-3">
        <TextField
          label={t('form.name')}
          autoComplete="off"
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <NumberFields
          values={values}
          onChange={setValues}
          checked={checked}
          wasTried={false}
          keeps={!isLost}
          fields={fields}
        />
        <ProblemLine error={update.error} />
        <div>
          <Button type="submit" isBusy={update.isPending}>
            {t('access.save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
