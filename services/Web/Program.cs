using Skypunch.ServiceDefaults;
using Skypunch.Web;

return await ServiceHost.RunAsync(args, builder => builder.AddWeb().AddAdminApiCheck(), app => app.MapWeb());
