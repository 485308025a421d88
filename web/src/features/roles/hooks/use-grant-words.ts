import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { listPermissionsOptions } from '@/api';
import { isScope } from '@/features/people/public';
import { readGrant } from '../grants';

const RESOURCES = [
  'ticket',
  'attachment',
  'user',
  'view',
  'category',
  'priority_matrix',
  'major_incident',
  'team',
  'role',
  'department',
  'site',
  'organization',
] as const;

/** Words for grants, scopes and what is acted on. */
export function useGrantWords() {
  const { t } = useTranslation(['roles', 'people']);
  const vocabulary = useQuery({ ...listPermissionsOptions(), staleTime: 300_000 });
  const permissions = vocabulary.data?.data;
  const scopeWord = useCallback((scope: string) => (isScope(scope) ? t(`scope.${scope}`) : scope), [t]);
  const grantWord = useCallback(
    (text: string) => {
      const { name, scope } = readGrant(text);
      const what = permissions?.find((permission) => permission.name === name)?.description ?? name;
      return t('grant', { what, scope: scopeWord(scope) });
    },
    [permissions, scopeWord, t],
  );
  const resourceWord = useCallback(
    (resource: string) => {
      const known = RESOURCES.find((each) => each === resource);
      return known ? t(`resource.${known}`) : resource.replaceAll('_', ' ');
    },
    [t],
  );
  return { vocabulary, scopeWord, grantWord, resourceWord };
}
