import { useNavigate, useParams, useRouterState, useSearch } from '@tanstack/react-router';
import { AnswersScreen, ArticleScreen, HelpIndex } from '#features/help/web/index.ts';

/** `/ajuda`: the list of articles; what is looked for is in its address. */
export function HelpPage() {
  const navigate = useNavigate();
  const { busca = '' }: { busca?: string } = useSearch({ strict: false });
  return (
    <HelpIndex
      search={busca}
      onSearch={(next) =>
        void navigate({
          to: '/ajuda',
          search: next === '' ? {} : { busca: next },
          replace: true,
        })
      }
    />
  );
}

/** `/ajuda/SLUG#section` */
export function HelpArticlePage() {
  const { slug = '' } = useParams({ strict: false });
  const section = useRouterState({ select: ({ location }) => location.hash });
  return <ArticleScreen slug={slug} section={section} />;
}

/** `/ajuda/respostas`, for administrators. */
export function HelpAnswersPage() {
  return <AnswersScreen />;
}
