global using Diabetes.Testing;
global using Half = Diabetes.Domain.Half;
global using Xunit;
