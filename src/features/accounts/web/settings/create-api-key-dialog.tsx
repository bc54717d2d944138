import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '#platform/shared/role.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { CopyField } from '#platform/web/ui/copy-field.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { TextField } from '#platform/web/ui/field.tsx';
import { focusFirstError } from '#platform/web/ui/focus-first-error.ts';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import type { Scope } from '../../contract.ts';
import { type CreatedApiKey, useCreateApiKey } from '../api.ts';
import { check } from '../form-checks.ts';
import { RoleField } from '../role-field.tsx';
import { ScopeField, scopesOfRole } from './scope-field.tsx';

interface CreateKeyProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** A name, a role and what of it; then the key, this once. */
export function CreateApiKeyDialog(props: CreateKeyProps) {
  const [created, setCreated] = useState<CreatedApiKey | null>(null);
  return created ? (
    <ShownOnce {...props} created={created} />
  ) : (
    <CreateForm {...props} onCreated={setCreated} />
  );
}

function CreateForm({
  open,
  onOpenChange,
  onCreated,
}: CreateKeyProps & { onCreated: (key: CreatedApiKey) => void }) {
  const { t } = useTranslation('accounts');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('agent');
  const [scopes, setScopes] = useState<readonly Scope[]>(['conversations:read', 'contacts:read']);
  const [wasTried, setTried] = useState(false);
  const create = useCreateApiKey();
  const submit = () => {
    setTried(true);
    const isWhole = name.trim() !== '' && scopes.length > 0;
    if (!isWhole) focusFirstError('[role=dialog]');
    if (!isWhole || create.isPending) return;
    create.mutate({ name: name.trim(), role, scopes: [...scopes] }, { onSuccess: onCreated });
  };
  /** What the weaker role does not bear is not chosen any more. */
  const changeRole = (next: Role) => {
    setRole(next);
    setScopes(scopes.filter((scope) => scopesOfRole[next].includes(scope)));
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="md"
      title={t('api-keys.add-title')}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('actions.cancel')}</Button>
          <Button type="submit" variant="primary" isBusy={create.isPending}>
            {t('api-keys.add-submit')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 py-1">
        <TextField
          label={t('fields.name')}
          hint={t('api-keys.name-hint')}
          autoComplete="off"
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={check(wasTried, name.trim() !== '', t('missing.name'))}
        />
        <RoleField value={role} onChange={changeRole} />
        <ScopeField role={role} values={scopes} onChange={setScopes} isChecked={wasTried} />
        <ProblemLine error={create.error} />
      </div>
    </Dialog>
  );
}

/** A press outside does not close it: the key would be lost. */
function ShownOnce({ open, onOpenChange, created }: CreateKeyProps & { created: CreatedApiKey }) {
  const { t } = useTranslation('accounts');
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      role="alertdialog"
      title={t('api-keys.created-title')}
      description={t('api-keys.created-lead')}
      footer={
        <Button variant="primary" onClick={() => onOpenChange(false)}>
          {t('actions.done')}
        </Button>
      }
    >
      <CopyField
        label={`${t('api-keys.key')}: ${created.name}`}
        value={created.key}
        words={{ copy: t('actions.copy'), copied: t('actions.copied') }}
      />
    </Dialog>
  );
}
