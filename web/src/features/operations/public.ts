export { ExampleOrganization } from './components/ExampleOrganization';
