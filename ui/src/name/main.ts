import "../parts/base.css";
import { mount } from "svelte";
import { connect } from "$ui/ipc";
import NameWindow from "./NameWindow.svelte";

// The program passes the chosen theme along; without it the system decides.
const asked = new URLSearchParams(window.location.search).get("theme");
const dark = asked === "dark" || (asked !== "light" && window.matchMedia("(prefers-color-scheme: dark)").matches);
document.documentElement.dataset.theme = dark ? "dark" : "light";

const target = document.getElementById("app");
if (target && (await connect())) mount(NameWindow, { target });
