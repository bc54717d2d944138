import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, buttonClass } from '#platform/web/ui/button.tsx';
import { TextField } from '#platform/web/ui/field.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { useConnect } from './api.ts';
import { NumberFields, noValues, usable, useValuesCheck } from './number-fields.tsx';
import { freshToken, newVerifyToken } from './number-state.ts';

/** The first step: what stands in Meta's pages. The others follow on the page of the number. */
export function ConnectForm() {
  const { t } = useTranslation('channels');
  const navigate = useNavigate();
  const [values, setValues] = useState(noValues);
  const [name, setName] = useState('');
  const [wasTried, setTried] = useState(false);
  const verifyToken = useRef(newVerifyToken());
  const checked = useValuesCheck(values);
  const connect = useConnect();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const { phoneNumberId, wabaId, accessToken, appSecret } = usable(values);
    if (!phoneNumberId || !wabaId || !accessToken || !appSecret || connect.isPending) return;
    const input = { phoneNumberId, wabaId, accessToken, appSecret };
    const called = name.trim() === '' ? {} : { name: name.trim() };
    connect.mutate(
      { ...input, ...called, verifyToken: verifyToken.current },
      {
        onSuccess: ({ id }) => {
          freshToken.keep(id, verifyToken.current);
          void navigate({
            to: '/ajustes/$section',
            params: { section: 'canais' },
            search: { numero: id },
            replace: true,
          });
        },
      },
    );
  };
  return (
    <Card title={t('list.step', { step: 1, title: t('form.title') })} description={t('form.lead')}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-3">
        <NumberFields
          values={values}
          onChange={setValues}
          checked={checked}
          wasTried={wasTried}
          keeps={false}
        />
        <TextField
          label={t('form.name')}
          hint={t('form.name-hint')}
          autoComplete="off"
          maxLength={120}
          value={name}
          placeholder={checked.check?.facts?.verifiedName ?? ''}
          onChange={(event) => setName(event.target.value)}
        />
        <ProblemLine error={connect.error} />
        <div className="mt-2 flex flex-wrap gap-2">
          <Button type="submit" variant="primary" isBusy={connect.isPending}>
            {t('form.submit')}
          </Button>
          <Link to="/ajustes/$section" params={{ section: 'canais' }} className={buttonClass()}>
            {t('form.cancel')}
          </Link>
        </div>
      </form>
    </Card>
  );
}
