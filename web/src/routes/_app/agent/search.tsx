import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { SearchPage } from '@/features/search/components/SearchPage';
import { loadTexts } from '@/lib/texts';

export const Route = createFileRoute('/_app/agent/search')({
  validateSearch: v.object({ q: v.fallback(v.optional(v.string()), undefined) }),
  loader: () => loadTexts('search', 'tickets'),
  component: Search,
});

function Search() {
  return <SearchPage words={Route.useSearch().q ?? ''} />;
}
