import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { listPermissionsOptions } from '@/api';
import { isScope } from '@/features/people/public';
import { usePermissionWord } from '@/features/session/public';
import { readGrant } from '../grants';

/** Words for grants and scopes. */
export function useGrantWords() {
  const { t } = useTranslation(['roles', 'people']);
  const permissionWord = usePermissionWord();
  const vocabulary = useQuery({ ...listPermissionsOptions(), staleTime: 300_000 });
  const permissions = vocabulary.data?.data;
  const scopeWord = useCallback((scope: string) => (isScope(scope) ? t(`scope.${scope}`) : scope), [t]);
  const grantWord = useCallback(
    (text: string) => {
      const { name, scope } = readGrant(text);
      return t('grant', {
        what: permissionWord(permissions?.find((permission) => permission.name === name) ?? { name }),
        scope: scopeWord(scope),
      });
    },
    [permissions, permissionWord, scopeWord, t],
  );
  return { vocabulary, scopeWord, permissionWord, grantWord };
}
