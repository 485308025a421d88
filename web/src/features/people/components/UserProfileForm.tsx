import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getUser, getUserQueryKey, operation, type UserView, updateUser } from '@/api';
import { useRights } from '@/features/session/public';
import { required } from '@/ui/form/required';
import { RecordForm } from '@/ui/record/RecordForm';
import { useRecordForm } from '@/ui/record/use-record-form';
import { useRoleName } from '../hooks/use-role-name';
import { type UserValues, userPatch, userValues } from '../model';
import classes from './people.module.css';
import { UserRolesFields } from './UserRolesFields';
import { UserWhoFields } from './UserWhoFields';
import { UserWorkFields } from './UserWorkFields';

/** A person's record; who may not change it sees it all the same. */
export function UserProfileForm({ user }: { user: UserView }) {
  const { t } = useTranslation(['people', 'common']);
  const client = useQueryClient();
  const { may } = useRights();
  const roleName = useRoleName();
  const path = { id: user.id };
  const state = useRecordForm<UserView, UserValues>({
    record: user,
    toValues: userValues,
    validate: {
      first_name: required(t('users.firstNameMissing')),
      email: required(t('users.emailMissing')),
      away_until: (value, { away_from }) => (value && away_from && value <= away_from ? t('users.awayOrder') : null),
    },
    save: async (changes, version) =>
      (await updateUser({ path, body: userPatch(changes), headers: { 'If-Match': `"${version}"` } })).data,
    reload: async () => (await getUser({ path })).data,
    onSaved: (record) => {
      client.setQueryData(getUserQueryKey({ path }), record);
      void client.invalidateQueries({ queryKey: operation('listUsers') });
      void client.invalidateQueries({ queryKey: operation('listUserPermissions') });
      notifications.show({ message: t('common:form.saved'), color: 'teal' });
    },
  });
  const isReadOnly = !may('user:update');
  const show = (field: string, value: unknown) => {
    if (field === 'roles' && Array.isArray(value)) return value.map((role) => roleName(String(role))).join(', ') || '–';
    if (Array.isArray(value)) return value.join(', ') || '–';
    return value === null || value === '' || value === undefined ? '–' : String(value);
  };
  const fields = { form: state.form, user, isReadOnly };
  return (
    <RecordForm
      state={state}
      labelOf={(field) => t(`users.fields.${fieldWord(field)}`)}
      show={show}
      isReadOnly={isReadOnly}
    >
      <div className={classes.stack}>
        <UserWhoFields {...fields} />
        <UserRolesFields {...fields} mayManage={may('role:manage')} />
        <UserWorkFields {...fields} />
      </div>
    </RecordForm>
  );
}

const FIELDS = [
  'first_name',
  'last_name',
  'email',
  'username',
  'phone',
  'time_zone',
  'locale',
  'manager_id',
  'department_id',
  'site_id',
  'skills',
  'away_from',
  'away_until',
  'max_open_tickets',
  'experience',
  'roles',
] as const;

function fieldWord(field: string) {
  return FIELDS.find((name) => name === field) ?? 'first_name';
}
