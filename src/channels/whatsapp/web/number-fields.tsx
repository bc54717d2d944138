import { CircleCheck, CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatPhone } from '#platform/web/phone.ts';
import { TextField } from '#platform/web/ui/field.tsx';
import { PasswordField } from '#platform/web/ui/password-field.tsx';
import { Spinner } from '#platform/web/ui/spinner.tsx';
import type { CheckCode, FieldCheck, NumberFacts } from '../contract.ts';
import type { Typed } from './api.ts';
import { type Checked, useCheck } from './use-check.ts';

export interface Values {
  phoneNumberId: string;
  wabaId: string;
  accessToken: string;
  appSecret: string;
}

type Name = keyof Values;

export const noValues: Values = { phoneNumberId: '', wabaId: '', accessToken: '', appSecret: '' };

const isDigits = (text: string): boolean => /^\d{5,32}$/.test(text);
const isPlain = (text: string): boolean => /^[\x21-\x7e]+$/.test(text);
const isWellFormed = (name: Name, text: string): boolean =>
  name === 'phoneNumberId' || name === 'wabaId' ? isDigits(text) : isPlain(text);

const names: readonly Name[] = ['phoneNumberId', 'accessToken', 'wabaId', 'appSecret'];

/** Without the spaces that come along when something is copied, and without what is not yet of its form. */
export const usable = (values: Values): Partial<Values> =>
  Object.fromEntries(
    names
      .map((name) => [name, values[name].trim()] as const)
      .filter(([name, text]) => text !== '' && isWellFormed(name, text)),
  );

/**
 * Checks the fields as they are typed.
 * @param id of a number of ours, from which comes what is left empty
 */
export function useValuesCheck(values: Values, id?: string): Checked {
  const given = usable(values);
  const isEnough =
    id === undefined ? given.phoneNumberId && given.accessToken : names.some((n) => given[n]);
  const typed: Typed = { ...(id !== undefined && { id }), ...given };
  return useCheck(isEnough ? typed : undefined);
}

function Line({ icon, tone, children }: { icon: ReactNode; tone: string; children: ReactNode }) {
  return (
    <span
      className={`flex items-start gap-1.5 text-preview ${tone} [&_svg]:mt-0.5 [&_svg]:size-3.5`}
    >
      {icon}
      <span className="min-w-0 break-words">{children}</span>
    </span>
  );
}

/** One calm line below a field; its room is there before it has anything to say. */
function StateLine({
  isWanted,
  isChecking,
  field,
  facts,
}: {
  isWanted: boolean;
  isChecking: boolean;
  field: FieldCheck | undefined;
  facts?: NumberFacts | null | undefined;
}) {
  const { t } = useTranslation('channels');
  const say = (code: CheckCode) => t(`check.${code}`);
  return (
    <p role="status" className="mt-1 min-h-5">
      {isWanted && isChecking && (
        <Line icon={<Spinner />} tone="text-ink-soft">
          {t('check.checking')}
        </Line>
      )}
      {isWanted && field?.state === 'ok' && (
        <Line icon={<CircleCheck aria-hidden="true" />} tone="text-accent-ink">
          {facts
            ? t('check.ok-number', {
                name: facts.verifiedName ?? '',
                number: formatPhone(facts.displayNumber.replace(/[^\d+]/g, '')),
              })
            : t('check.ok')}
        </Line>
      )}
      {isWanted && field?.state === 'unchecked' && field.code && (
        <Line icon={<CircleHelp aria-hidden="true" />} tone="text-ink-soft">
          {say(field.code)}
        </Line>
      )}
    </p>
  );
}

/** The values that Meta shows in its pages, where each is, and what Meta says of it. */
export function NumberFields({
  values,
  onChange,
  checked,
  wasTried,
  keeps,
  fields = names,
}: {
  values: Values;
  onChange: (values: Values) => void;
  checked: Checked;
  /** Shows what is missing as well. */
  wasTried: boolean;
  /** Empty means: as it is stored. */
  keeps: boolean;
  fields?: readonly Name[];
}) {
  const { t } = useTranslation('channels');
  const words = {
    phoneNumberId: [t('form.number'), t('form.number-where')],
    accessToken: [t('form.token'), t('form.token-where')],
    wabaId: [t('form.account'), t('form.account-where')],
    appSecret: [t('form.secret'), t('form.secret-where')],
  } as const;
  const faultOf = (name: Name): string => {
    const text = values[name].trim();
    if (text === '') return wasTried && !keeps ? t('form.missing') : '';
    if (!isWellFormed(name, text)) {
      return name === 'phoneNumberId' || name === 'wabaId' ? t('form.digits') : t('form.plain');
    }
    const field = checked.check?.[name];
    return field?.state === 'wrong' && field.code ? t(`check.${field.code}`) : '';
  };
  return fields.map((name) => {
    const [label, where] = words[name];
    const error = faultOf(name);
    const common = {
      ...{ label, hint: where, error, autoComplete: 'off', spellCheck: false },
      value: values[name],
      onChange: (event: { target: { value: string } }) =>
        onChange({ ...values, [name]: event.target.value }),
      ...(keeps && { placeholder: t('access.kept') }),
    };
    return (
      <div key={name}>
        {name === 'accessToken' || name === 'appSecret' ? (
          <PasswordField {...common} words={{ show: t('form.show'), hide: t('form.hide') }} />
        ) : (
          <TextField {...common} inputMode="numeric" />
        )}
        {error === '' && (
          <StateLine
            isWanted={values[name].trim() !== ''}
            isChecking={checked.isChecking}
            field={checked.check?.[name]}
            facts={name === 'phoneNumberId' ? checked.check?.facts : undefined}
          />
        )}
      </div>
    );
  });
}
