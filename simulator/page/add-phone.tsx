import { type FormEvent, useState } from 'react';
import { control } from './control.ts';
import { phoneText } from './formats.ts';
import type { Snapshot } from './wire-types.ts';

const REASONS: Record<string, string> = {
  'number is not a phone number': 'Isto não parece um número de telefone.',
  'the desk holds four phones': 'A mesa já tem quatro celulares.',
};

interface AddPhoneProps {
  others: Snapshot['others'];
  onDone: () => void;
}

/** Puts somebody new, or somebody known, on the desk. */
export function AddPhone({ others, onDone }: AddPhoneProps) {
  const [number, setNumber] = useState('');
  const [name, setName] = useState('');
  const [problem, setProblem] = useState('');

  const choose = (text: string) => {
    setNumber(text);
    const known = others.find((other) => phoneText(other.number) === text);
    if (known !== undefined) setName(known.name);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    control.add(number, name.trim()).then(onDone, (error: Error) => {
      setProblem(REASONS[error.message] ?? 'Não foi possível adicionar.');
    });
  };

  return (
    <form className="menu-form" onSubmit={submit}>
      <label>
        Número
        <input
          value={number}
          onChange={(event) => choose(event.target.value)}
          placeholder="+55 11 91234-5678"
          inputMode="tel"
          list="known-phones"
          required
        />
      </label>
      <datalist id="known-phones">
        {others.map((other) => (
          <option key={other.number} value={phoneText(other.number)} label={other.name} />
        ))}
      </datalist>
      <label>
        Nome
        <input
          value={name}
          onChange={(event) => setName(event.target.value)}
          placeholder="Nome no perfil"
          maxLength={80}
        />
      </label>
      {problem !== '' && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      <button type="submit" className="button">
        Pôr na mesa
      </button>
    </form>
  );
}
