export { ADMIN_GROUPS, groupsFor } from './pages';
