/** What an abusive person writes: rude enough to want a block, printable enough to show. */
export const RUDE_LINES = [
  'me responde agora, sua inútil',
  'vocês são um bando de incompetentes',
  'tá dormindo no serviço, é? trabalha!',
  'que gentinha burra, meu deus',
  'vou ficar aqui o dia todo até alguém com cérebro atender',
  'você não serve nem pra digitar uma resposta',
  'responde logo, preguiçosa',
  'nunca vi atendimento tão ridículo, tenha vergonha na cara',
  'some daqui e chama alguém que saiba ler',
  'palhaçada. você é uma piada',
  'tô avisando: vou infernizar vocês até me responder',
  'quem te contratou devia estar de castigo junto com você',
  'não adianta me ignorar, eu não vou parar',
  'lixo de atendimento, lixo de gente',
] as const;

export function rudeLine(turn: number): string {
  return RUDE_LINES[turn % RUDE_LINES.length] ?? RUDE_LINES[0];
}
