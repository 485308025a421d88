import { createFileRoute } from '@tanstack/react-router';
import { WhatIfPage } from '@/features/sla/components/what-if/WhatIfPage';
import { whatIfSearchSchema } from '@/features/sla/schemas';
import { loadTexts } from '@/lib/texts';

export const Route = createFileRoute('/_app/insights/what-if')({
  validateSearch: whatIfSearchSchema,
  loader: () => loadTexts('sla', 'tickets'),
  component: () => <WhatIfPage record={Route.useSearch().record} />,
});
