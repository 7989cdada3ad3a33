import "./parts/base.css";
import { mount } from "svelte";
import { connect } from "./ipc";
import App from "./views/App.svelte";

const target = document.getElementById("app");
if (target) {
  const connected = await connect();
  mount(App, { target, props: { connected } });
}
