import { useQuery } from '@tanstack/react-query';
import { listSlaPoliciesOptions, type PolicyView } from '@/api';
import { withDraft } from '../../what-if';
import { WhatIf } from './WhatIf';

/** What would have been under this policy, saved or not, in its place among the others. */
export function PolicyWhatIf({ policy }: { policy: PolicyView }) {
  const policies = useQuery(listSlaPoliciesOptions());
  return <WhatIf draft={policies.data ? { policies: withDraft(policies.data.data, policy) } : null} />;
}
