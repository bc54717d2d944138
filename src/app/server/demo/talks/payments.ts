import { customer, diego, helena, larissa, type Talk } from '../talk.ts';

/** Boleto, Pix, cards and invoices. */
export const payments: readonly Talk[] = [
  {
    name: 'Cláudio Sampaio',
    phone: '5511900008812',
    ends: { daysAgo: 13, at: '09:58' },
    turns: [
      customer(0, 'bom dia, meu boleto venceu ontem e eu esqueci de pagar 🤦'),
      customer(1, 'dá pra gerar outro?'),
      diego.says(5, 'Bom dia, Cláudio! Dá sim. Me confirma o número do pedido?'),
      customer(2, '47530'),
      diego.says(
        4,
        'Pronto: enviei o boleto novo para o seu e-mail, com vencimento na segunda. O valor continua R$ 289,90.',
      ),
      customer(3, 'recebi. se eu pagar por pix sai mais rápido?'),
      diego.says(
        2,
        'Sai! O Pix confirma na hora e o boleto leva até 2 dias úteis. Com Pix você ainda tem 5% de desconto.',
      ),
      customer(1, 'manda o pix então'),
      diego.says(2, 'Mandei um link no seu e-mail, vale por 30 minutos. O total ficou R$ 275,40.'),
      customer(9, 'pago ✅'),
      diego.says(1, 'Confirmado por aqui! O pedido já entrou em separação.'),
      diego.resolves(2),
    ],
  },
  {
    name: 'Elaine Couto',
    phone: '5541900002266',
    ends: { daysAgo: 9, at: '14:40' },
    turns: [
      customer(
        0,
        'Boa tarde, preciso da nota fiscal do pedido 47702 em nome da empresa, é possível?',
      ),
      larissa.says(
        5,
        'Boa tarde, Elaine! A nota já foi emitida no seu CPF, mas conseguimos cancelar e emitir de novo até 24 horas depois. Ainda estamos no prazo.',
      ),
      larissa.says(1, 'Me envia CNPJ, razão social e inscrição estadual, se houver?'),
      customer(
        8,
        'Couto & Vieira Arquitetura Ltda, isento de IE. O CNPJ mando por e-mail, pode ser?',
        {
          firstText:
            'Couto e Viera Arquitetura Ltda, isento de IE. O CNPJ mando por e-mail, pode ser?',
        },
      ),
      larissa.says(
        2,
        'Pode sim: notas@casajardim.example. Coloque o número do pedido no assunto, por favor.',
      ),
      customer(14, 'Enviado.'),
      larissa.says(26, 'Nota nova emitida! O PDF e o XML já estão no seu e-mail.'),
      customer(3, 'Recebi os dois. Atendimento excelente, obrigada.'),
      larissa.says(1, 'Eu que agradeço, Elaine! Sucesso com o projeto.'),
      larissa.resolves(2),
    ],
  },
  {
    name: 'Wesley',
    phone: '5562900001178',
    ends: { daysAgo: 7, at: '21:17' },
    turns: [
      customer(0, 'paguei o pix e o pedido ta como aguardando pagamento'),
      customer(0, 'faz 1 hora ja'),
      customer(1, 'nao me digam que cai em golpe'),
      diego.says(
        4,
        'Boa noite, Wesley! Pode ficar tranquilo. Me diz o valor e o horário do Pix, e o nome de quem recebeu que aparece no comprovante?',
      ),
      customer(3, '148,50 as 20h02. Casa Jardim Comercio de Plantas'),
      diego.says(
        3,
        'É a nossa conta mesmo. O pagamento caiu, mas o aviso do banco atrasou. Acabei de confirmar à mão e o pedido 47844 está aprovado.',
      ),
      customer(1, 'ufaaa kkk'),
      customer(0, 'vlw mano'),
      diego.says(1, 'Tamo junto! Chega na terça. 🌱', { reaction: '😂' }),
      diego.resolves(1),
    ],
  },
  {
    name: 'Fernanda Aoki',
    phone: '5511900009034',
    ends: { daysAgo: 4, at: '12:25' },
    turns: [
      customer(
        0,
        'Oi! A compra apareceu duas vezes na fatura do cartão. Podem verificar? Pedido 47917, R$ 412,00',
      ),
      larissa.says(
        7,
        'Oi, Fernanda! Claro. Aqui aparece uma cobrança só. Às vezes a segunda é uma pré-autorização que some em alguns dias. As duas estão com a mesma data?',
      ),
      customer(5, 'Mesma data e mesmo valor. Uma tá escrito "em processamento"'),
      larissa.says(
        3,
        'É isso: a que está em processamento foi uma tentativa recusada antes da aprovação. O banco libera em até 5 dias úteis. Se não sumir até lá, eu mesma abro a contestação com a operadora.',
        {
          label: 'cobranca-dupla',
        },
      ),
      customer(4, 'Entendi. Vou aguardar e qualquer coisa volto aqui', {
        quotes: 'cobranca-dupla',
      }),
      larissa.says(
        1,
        'Combinado! Deixei anotado no seu cadastro, não precisa explicar tudo de novo.',
      ),
      larissa.resolves(5),
    ],
  },
  {
    name: 'Gustavo Meireles',
    phone: '5519900003390',
    ends: { daysAgo: 3, at: '17:44' },
    turns: [
      customer(0, 'Posso dividir em quantas vezes? O carrinho tá em 1.240 reais'),
      diego.says(
        6,
        'Oi, Gustavo! Em até 6x sem juros no cartão, ou 10x com juros. No Pix fica R$ 1.178,00.',
      ),
      customer(3, 'E metade no pix e metade no cartao, rola?'),
      diego.says(
        4,
        'No site ainda não, mas por aqui eu consigo montar: um link de Pix e um de cartão. Quer?',
      ),
      customer(2, 'Quero. Metade metade'),
      diego.says(8, 'Prontinho, enviei os dois links para o seu e-mail. Valem até amanhã às 18h.'),
      customer(22, 'paguei os dois'),
      diego.says(2, 'Recebemos! Pedido 48011 confirmado. Obrigado, Gustavo.'),
      diego.resolves(1),
    ],
  },
  {
    name: 'Condomínio Vila das Acácias',
    givenName: 'Marta (síndica, Vila das Acácias)',
    phone: '5511900007307',
    ends: { daysAgo: 1, at: '18:03' },
    turns: [
      customer(
        0,
        'Boa tarde, aqui é a Marta, síndica do Vila das Acácias. Recebi o orçamento de vocês e preciso de boleto para 28 dias. É possível?',
      ),
      helena.says(
        35,
        'Boa tarde, Marta! Aqui é a Helena, da administração da Casa Jardim. Para pessoa jurídica conseguimos 28 dias, sim, com uma análise rápida.',
      ),
      helena.says(1, 'Preciso só do cartão CNPJ e da ata que nomeia você como síndica.'),
      customer(41, 'Mando ainda hoje. O desconto de 8% continua valendo?'),
      helena.says(
        12,
        'Continua! O orçamento 1182 vale até o fim do mês com esse desconto e frete grátis.',
      ),
      customer(15, 'Excelente. Envio os documentos e fechamos.'),
    ],
  },
];
